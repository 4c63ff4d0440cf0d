package dev.gantry.state.kind.scheduling.workload;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.scheduling.policy.GroupPolicyRules;
import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/scheduling/workload}. */
final class WorkloadStrategy implements Strategy {
    private static final DisabledFields DISABLED =
            GroupPolicyRules.DISABLED.and("disruptionMode").under("spec", "podGroupTemplates", "*");

    @Override
    public DisabledFields disabledFields() {
        return DISABLED;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        WorkloadRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    /** Compat: of what may not change, only that there are templates is judged again. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(updated, errors).child("spec");
        JsonNode before = stored.path("spec");
        for (String name : List.of("controllerRef", "podGroupTemplates")) {
            GroupPolicyRules.immutable(spec.child(name), before.path(name));
        }
        WorkloadRules.required(spec.child("podGroupTemplates"));
        return errors;
    }
}
