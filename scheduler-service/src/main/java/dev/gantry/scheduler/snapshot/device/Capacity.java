package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.quantity.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How much a device has of something, and in which portions it gives it.
 *
 * <p>Compat: {@code CapacityRequestPolicy}. A request is rounded up to a valid portion; one that
 * names no amount gets the default, or else everything.
 *
 * @param valid the only portions there are; empty where any will do
 */
public record Capacity(
        Quantity value, Optional<Quantity> byDefault, List<Quantity> valid, Optional<Range> range) {
    /** Portions from {@code min} on, where given in steps, up to {@code max}. */
    public record Range(Quantity min, Optional<Quantity> max, Optional<Quantity> step) {
        Quantity roundedUp(Quantity asked) {
            if (asked.compareTo(min) <= 0) {
                return min;
            }
            if (step.isEmpty() || step.get().signum() <= 0) {
                return asked;
            }
            BigDecimal above = asked.value().subtract(min.value());
            BigDecimal steps = above.divide(step.get().value(), 0, RoundingMode.CEILING);
            BigDecimal rounded = min.value().add(steps.multiply(step.get().value()));
            return new Quantity(rounded, asked.format());
        }

        boolean holds(Quantity portion) {
            return portion.compareTo(min) >= 0
                    && max.map(most -> portion.compareTo(most) <= 0).orElse(true);
        }
    }

    /** What a request really takes; empty where no valid portion is as large. */
    public Optional<Quantity> portion(Optional<Quantity> asked) {
        if (asked.isEmpty()) {
            return Optional.of(byDefault.orElse(value));
        }
        if (!valid.isEmpty()) {
            return valid.stream()
                    .filter(each -> each.compareTo(asked.get()) >= 0)
                    .min(Quantity::compareTo);
        }
        return range.isEmpty()
                ? asked
                : asked.map(range.get()::roundedUp).filter(range.get()::holds);
    }

    static Capacity of(JsonNode json) {
        JsonNode policy = json.path("requestPolicy");
        List<Quantity> valid = new ArrayList<>();
        policy.path("validValues").forEach(each -> quantity(each).ifPresent(valid::add));
        JsonNode range = policy.path("validRange");
        return new Capacity(
                quantity(json.path("value")).orElse(Quantity.ZERO),
                quantity(policy.path("default")),
                List.copyOf(valid),
                quantity(range.path("min"))
                        .map(
                                min ->
                                        new Range(
                                                min,
                                                quantity(range.path("max")),
                                                quantity(range.path("step")))));
    }

    static Optional<Quantity> quantity(JsonNode json) {
        return json.isMissingNode() || json.isNull()
                ? Optional.empty()
                : Quantity.parse(json.asString(""));
    }
}
