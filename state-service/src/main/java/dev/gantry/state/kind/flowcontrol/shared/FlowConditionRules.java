package dev.gantry.state.kind.flowcontrol.shared;

import dev.gantry.state.validation.Field;
import java.util.Set;
import java.util.TreeSet;

/** Each condition has a type of its own. Compat: {@code ValidateFlowSchemaStatus}. */
public final class FlowConditionRules {
    private FlowConditionRules() {}

    public static void check(Field conditions) {
        Set<String> seen = new TreeSet<>();
        for (Field condition : conditions.items()) {
            Field type = condition.child("type");
            if (!seen.add(type.text())) {
                type.duplicateText(type.text());
            }
            if (type.isEmpty()) {
                type.required("");
            }
        }
    }
}
