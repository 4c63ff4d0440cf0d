package dev.gantry.state.kind.resource.resourceslice;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.kind.resource.device.DeviceNames;
import dev.gantry.state.validation.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How much a device has, and in which portions it is given out. Compat: {@code
 * validateRequestPolicy}.
 */
final class CapacityRules {
    private static final int MOST_VALUES = 10;

    private CapacityRules() {}

    static void check(Field capacity, boolean isShared) {
        Field policy = capacity.child("requestPolicy");
        if (!policy.isSet()) {
            return;
        }
        if (!isShared) {
            policy.forbidden("allowMultipleAllocations must be true");
            return;
        }
        Field values = policy.child("validValues");
        Field range = policy.child("validRange");
        Quantity whole = capacity.child("value").quantity().orElse(Quantity.ZERO);
        Optional<Quantity> byDefault = policy.child("default").quantity();
        if (!values.isEmpty() && range.isSet()) {
            policy.forbidden(
                    "exactly one policy can be specified, cannot specify \"validValues\" and"
                            + " \"validRange\" at the same time");
        } else if (byDefault.isEmpty() && (!values.isEmpty() || range.isSet())) {
            policy.child("default")
                    .required(
                            "required when %s is defined"
                                    .formatted(range.isSet() ? "validRange" : "validValues"));
        } else if (!values.isEmpty()) {
            values(values, byDefault.orElseThrow(), whole);
        } else if (range.isSet()) {
            range(range, byDefault.orElseThrow(), whole);
        }
    }

    private static void values(Field values, Quantity byDefault, Quantity whole) {
        List<Quantity> amounts =
                values.items().stream().flatMap(each -> each.quantity().stream()).toList();
        for (int i = 1; i < amounts.size(); i++) {
            if (amounts.get(i - 1).compareTo(amounts.get(i)) > 0) {
                values.index(i).invalid("values must be sorted in ascending order");
            }
        }
        if (DeviceNames.isShortEnough(values, MOST_VALUES)) {
            for (Field each : values.items()) {
                if (each.quantity().orElse(Quantity.ZERO).compareTo(whole) > 0) {
                    each.invalid("option is larger than capacity value: " + whole);
                }
            }
            DeviceNames.eachOnce(
                    values.items(),
                    each ->
                            each.quantity()
                                    .map(found -> found.value().stripTrailingZeros())
                                    .map(BigDecimal::toPlainString)
                                    .orElse(""));
        }
        if (amounts.stream().noneMatch(each -> each.compareTo(byDefault) == 0)) {
            values.invalidText(
                    byDefault.toString(),
                    "default value is not valid according to the requestPolicy");
        }
    }

    private static void range(Field range, Quantity byDefault, Quantity whole) {
        Optional<Quantity> least = range.child("min").quantity();
        if (least.isEmpty()) {
            range.child("min").required("required when validRange is defined");
            return;
        }
        Quantity min = least.get();
        if (min.compareTo(whole) > 0) {
            range.child("min").invalid("min is larger than capacity value: " + whole);
        }
        if (byDefault.compareTo(min) < 0) {
            range.child("default")
                    .invalidText(byDefault.toString(), "default is less than min: " + min);
        }
        Optional<Quantity> most = range.child("max").quantity();
        most.ifPresent(max -> max(range, max, byDefault, whole));
        Field step = range.child("step");
        if (step.isSet() && step.quantity().map(Quantity::signum).orElse(0) <= 0) {
            step.invalid("must be greater than zero");
        } else if (step.isSet()) {
            step(step, min, whole);
            multiple(step, byDefault, min);
            most.ifPresent(max -> multiple(step, max, min));
        }
    }

    private static void max(Field range, Quantity max, Quantity byDefault, Quantity whole) {
        Field least = range.child("min");
        if (least.quantity().orElse(Quantity.ZERO).compareTo(max) > 0) {
            range.child("max").invalid(least.value(), "min is larger than max: " + max);
        }
        if (max.compareTo(whole) > 0) {
            range.child("max").invalid("max is larger than capacity value: " + whole);
        }
        if (byDefault.compareTo(max) > 0) {
            range.child("default")
                    .invalidText(byDefault.toString(), "default is more than max: " + max);
        }
    }

    private static void step(Field step, Quantity min, Quantity whole) {
        Quantity first = min.plus(step.quantity().orElse(Quantity.ZERO));
        if (first.compareTo(whole) > 0) {
            step.invalid("one step %s is larger than capacity value: %s".formatted(first, whole));
        }
    }

    private static void multiple(Field step, Quantity amount, Quantity min) {
        Quantity width = step.quantity().orElseThrow();
        BigDecimal rest = amount.value().subtract(min.value()).remainder(width.value());
        if (rest.signum() != 0) {
            step.invalidText(
                    amount.toString(),
                    "value is not a multiple of a given step (%s) from (%s)".formatted(width, min));
        }
    }
}
