package dev.gantry.state.kind.resource.resourceslice;

import dev.gantry.state.kind.resource.device.BindingConditionRules;
import dev.gantry.state.kind.resource.device.DeviceNames;
import dev.gantry.state.kind.resource.device.SelectorRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.regex.Pattern;

/** One device of a slice. Compat: {@code validateDevice}. */
final class DeviceRules {
    private static final int MOST_FACTS = 32;
    private static final int MOST_TAINTS = 16;
    private static final int MOST_CONSUMED_SETS = 2;
    private static final int VALUE_BYTES = 64;
    private static final String ONE_NODE_RULE =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
                    + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    private static final List<String> TYPES = List.of("bool", "int", "string", "version");
    private static final Pattern VERSION =
            Pattern.compile(
                    "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
                            + "(-(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
                            + "(\\.(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
                            + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

    private DeviceRules() {}

    static void check(Field device, boolean namesItsNodes) {
        DeviceNames.label(device.child("name"));
        Field attributes = device.child("attributes");
        Field capacity = device.child("capacity");
        int facts = attributes.value().size() + capacity.value().size();
        if (facts > MOST_FACTS) {
            device.invalidAs(
                    Integer.toString(facts),
                    "the total number of attributes and capacities must not exceed " + MOST_FACTS);
        }
        attributes
                .entries()
                .forEach(
                        (name, attribute) -> {
                            DeviceNames.qualified(attributes, name);
                            attribute(attribute);
                        });
        capacity.entries()
                .forEach(
                        (name, amount) -> {
                            DeviceNames.qualified(capacity, name);
                            CapacityRules.check(
                                    amount, device.child("allowMultipleAllocations").isTrue());
                        });
        Field taints = device.child("taints");
        if (DeviceNames.isShortEnough(taints, MOST_TAINTS)) {
            taints.items().forEach(DeviceRules::taint);
        }
        Field consumed = device.child("consumesCounters");
        if (DeviceNames.isShortEnough(consumed, MOST_CONSUMED_SETS)) {
            consumed.items().forEach(each -> SliceRules.counters(each, "counterSet"));
            DeviceNames.eachOnce(consumed.items(), each -> each.text("counterSet"));
        }
        nodes(device, namesItsNodes);
        BindingConditionRules.check(device);
    }

    private static void attribute(Field attribute) {
        List<String> given = TYPES.stream().filter(attribute::has).toList();
        for (String type : given) {
            Field value = attribute.child(type);
            switch (type) {
                case "string" -> text(value);
                case "version" -> version(value);
                default -> {
                    // Flags and numbers are right by their type.
                }
            }
        }
        if (given.isEmpty()) {
            attribute.invalidText("", "exactly one value must be specified");
        } else if (given.size() > 1) {
            attribute.invalid("exactly one value must be specified");
        }
    }

    private static void text(Field value) {
        if (value.text().length() > VALUE_BYTES) {
            value.tooLong(VALUE_BYTES);
        }
    }

    private static void version(Field value) {
        if (!VERSION.matcher(value.text()).matches()) {
            value.invalidText(
                    value.text(), "must be a string compatible with semver.org spec 2.0.0");
        }
        text(value);
    }

    private static void taint(Field taint) {
        LabelRules.labelKey(taint.child("key"), taint.text("key"));
        Field value = taint.child("value");
        if (!value.isEmpty()) {
            Names.labelValue(value.text()).forEach(value::invalid);
        }
        taint.child("effect").oneOf(SelectorRules.EFFECTS);
    }

    private static void nodes(Field device, boolean namesItsNodes) {
        boolean namesSome =
                device.has("nodeName") || device.has("nodeSelector") || device.has("allNodes");
        if (!namesItsNodes) {
            if (namesSome) {
                device.invalidAs(
                        "null",
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if"
                                + " `perDeviceNodeSelection` is set to true in the ResourceSlice"
                                + " spec");
            }
            return;
        }
        List<String> given = SliceRules.given(device);
        if (given.isEmpty()) {
            device.required(ONE_NODE_RULE);
        } else if (given.size() > 1) {
            device.invalidText("{" + String.join(", ", given) + "}", ONE_NODE_RULE);
        }
    }
}
