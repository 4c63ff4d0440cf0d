package dev.gantry.state.kind.policy.poddisruptionbudget;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.ConditionRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
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

    /** Compat: upstream checks no more than that the name can stand in a path. */
    @Override
    public List<String> validateName(String name) {
        return Names.pathSegment(name);
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
