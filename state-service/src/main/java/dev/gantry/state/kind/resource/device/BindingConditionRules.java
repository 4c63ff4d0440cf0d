package dev.gantry.state.kind.resource.device;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import java.util.List;

/** What a driver has to report before a pod with one of its devices may be bound. */
public final class BindingConditionRules {
    private static final int MOST_BINDING_CONDITIONS = 4;

    private BindingConditionRules() {}

    /** Conditions that a binding waits for, and those at which it gives up: both or none. */
    public static void check(Field device) {
        Field waited = device.child("bindingConditions");
        Field failed = device.child("bindingFailureConditions");
        for (Field list : List.of(waited, failed)) {
            if (DeviceNames.isShortEnough(list, MOST_BINDING_CONDITIONS)) {
                list.items().forEach(each -> LabelRules.labelKey(each, each.text()));
            }
            DeviceNames.eachOnce(list.items(), Field::text);
        }
        for (Field each : failed.items()) {
            if (waited.texts().contains(each.text())) {
                each.invalid("bindingFailureConditions must not overlap with bindingConditions");
            }
        }
        if (waited.isEmpty() && !failed.isEmpty()) {
            waited.invalidAs(
                    "null", "bindingConditions are required to use bindingFailureConditions");
        }
        if (failed.isEmpty() && !waited.isEmpty()) {
            failed.invalidAs(
                    "null", "bindingFailureConditions are required to use bindingConditions");
        }
    }
}
