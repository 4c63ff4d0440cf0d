package dev.gantry.state.kind.policy.poddisruptionbudget;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.ConditionRules;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/policy/poddisruptionbudget}. */
public final class PodDisruptionBudgetStrategy implements Strategy {
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

    @Override
    public void setDefaults(ObjectNode object) {
        Resource.child(object, "spec");
    }

    /** Compat: these numbers are written even when they are zero. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status")
                .put("disruptionsAllowed", 0)
                .put("currentHealthy", 0)
                .put("desiredHealthy", 0)
                .put("expectedPods", 0);
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        BudgetRules.check(Field.root(object, errors).child("spec"));
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        ConditionRules.check(Field.root(updated, errors).child("status", "conditions"));
        BudgetRules.status(Field.root(updated, errors).child("status"));
        return errors;
    }
}
