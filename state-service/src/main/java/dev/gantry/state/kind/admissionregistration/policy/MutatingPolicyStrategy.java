package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.admissionregistration.rule.MatchRules;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/admissionregistration/mutatingadmissionpolicy}. */
final class MutatingPolicyStrategy implements Strategy {
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
        MutationRules.check(spec);
        return errors;
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
