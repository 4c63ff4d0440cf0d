package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.admissionregistration.rule.MatchRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.ConditionRules;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/admissionregistration/validatingadmissionpolicy}. */
final class ValidatingPolicyStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.pointer(Resource.child(object, "spec"), "failurePolicy", "Fail");
        MatchRules.setDefaults(object.path("spec"), "matchConstraints");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        PolicyRules.common(spec);
        PolicyRules.validations(spec, new Resource(object).name());
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        for (Field each : status.child("typeChecking", "expressionWarnings").items()) {
            for (String name : List.of("warning", "fieldRef")) {
                if (each.text(name).isBlank()) {
                    each.child(name).required("");
                }
            }
        }
        ConditionRules.check(status.child("conditions"));
        return errors;
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
