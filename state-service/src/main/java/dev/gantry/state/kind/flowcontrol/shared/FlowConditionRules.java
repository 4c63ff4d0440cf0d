package dev.gantry.state.kind.flowcontrol.shared;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Each condition has a type of its own. Compat: {@code ValidateFlowSchemaStatus}. */
public final class FlowConditionRules {
    private FlowConditionRules() {}

    /**
     * @param object whose status was written
     */
    public static List<FieldError> ofStatus(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(object, errors).child("status", "conditions"));
        return errors;
    }

    private static void check(Field conditions) {
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
