package dev.gantry.state.kind.core.limitrange;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compat: {@code ValidateLimitRange}; resources are looked at in the order of their names. */
final class LimitRangeRules {
    private static final List<String> TYPES = List.of("Pod", "Container", "PersistentVolumeClaim");
    private static final List<String> FIELDS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

    private LimitRangeRules() {}

    static void check(Field limits) {
        Set<String> types = new TreeSet<>();
        for (Field limit : limits.items()) {
            Field type = limit.child("type");
            type(type);
            if (!types.add(type.text())) {
                type.duplicateText(type.text());
            }
            entry(limit, type.text());
        }
    }

    private static void type(Field type) {
        List<String> against = Names.qualified(type.text());
        against.forEach(each -> type.invalidText(type.text(), each));
        if (against.isEmpty() && !type.text().contains("/") && !TYPES.contains(type.text())) {
            type.invalid("must be a standard limit type or fully qualified");
        }
    }

    private static void entry(Field limit, String type) {
        Set<String> resources = new TreeSet<>();
        for (String field : FIELDS) {
            boolean isDefault = field.startsWith("default");
            if (type.equals("Pod") && isDefault) {
                if (!limit.child(field).isEmpty()) {
                    limit.child(field).forbidden("may not be specified when `type` is 'Pod'");
                }
                continue;
            }
            limit.child(field)
                    .entries()
                    .forEach(
                            (name, amount) -> {
                                resources.add(name);
                                name(amount, name, type);
                            });
        }
        boolean bindsStorage =
                limit.child("min").has("storage") || limit.child("max").has("storage");
        if (type.equals("PersistentVolumeClaim") && !bindsStorage) {
            limit.child("limits")
                    .required(
                            "either minimum or maximum storage value is required, but neither was"
                                    + " provided");
        }
        resources.forEach(name -> new Amounts(limit, name).check());
    }

    private static void name(Field amount, String name, String type) {
        if (type.equals("Pod") || type.equals("Container")) {
            ResourceNames.checkContainerName(amount, name);
        } else {
            ResourceNames.checkName(amount, name);
        }
    }

    /** What one entry says of one resource. */
    private record Amounts(Field limit, String name) {
        void check() {
            notAbove("min", "max", "min", "min value %s is greater than max value %s");
            notAbove(
                    "min",
                    "defaultRequest",
                    "defaultRequest",
                    "min value %s is greater than default request value %s");
            notAbove("min", "default", "default", "min value %s is greater than default value %s");
            notAbove(
                    "defaultRequest",
                    "max",
                    "defaultRequest",
                    "default request value %s is greater than max value %s");
            notAbove(
                    "defaultRequest",
                    "default",
                    "defaultRequest",
                    "default request value %s is greater than default limit value %s");
            defaultNotAboveMax();
            ratio();
            noOvercommit();
        }

        private Optional<Quantity> amount(String field) {
            return limit.child(field).key(name).quantity();
        }

        private void notAbove(String low, String high, String reportedAt, String sentence) {
            Optional<Quantity> least = amount(low);
            Optional<Quantity> most = amount(high);
            if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
                limit.child(reportedAt)
                        .key(name)
                        .invalid(sentence.formatted(least.get(), most.get()));
            }
        }

        /** Compat: the upper bound is shown, not the value. */
        private void defaultNotAboveMax() {
            Optional<Quantity> value = amount("default");
            Optional<Quantity> most = amount("max");
            if (value.isPresent() && most.isPresent() && value.get().compareTo(most.get()) > 0) {
                limit.child("default")
                        .key(name)
                        .invalid(
                                limit.child("max").key(name).value(),
                                "default value %s is greater than max value %s"
                                        .formatted(value.get(), most.get()));
            }
        }

        private void ratio() {
            Optional<Quantity> ratio = amount("maxLimitRequestRatio");
            if (ratio.isEmpty()) {
                return;
            }
            Field field = limit.child("maxLimitRequestRatio").key(name);
            if (ratio.get().value().compareTo(BigDecimal.ONE) < 0) {
                field.invalid("ratio %s is less than 1".formatted(ratio.get()));
            }
            Optional<Quantity> least = amount("min").filter(each -> each.signum() > 0);
            Optional<Quantity> most = amount("max");
            if (least.isPresent() && most.isPresent()) {
                BigDecimal bound =
                        most.get().value().divide(least.get().value(), MathContext.DECIMAL64);
                if (ratio.get().value().compareTo(bound) > 0) {
                    field.invalid(
                            String.format(
                                    Locale.ROOT,
                                    "ratio %s is greater than max/min = %f",
                                    ratio.get(),
                                    bound));
                }
            }
        }

        private void noOvercommit() {
            Optional<Quantity> request = amount("defaultRequest");
            Optional<Quantity> most = amount("default");
            boolean differ =
                    request.isPresent()
                            && most.isPresent()
                            && request.get().compareTo(most.get()) != 0;
            if (differ && !ResourceNames.allowsOvercommit(name)) {
                limit.child("defaultRequest")
                        .key(name)
                        .invalid(
                                "default value %s must equal to defaultRequest value %s in %s"
                                        .formatted(most.get(), request.get(), name));
            }
        }
    }
}
