package dev.gantry.state.kind.storage.csinode;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csinode}. */
public final class CsiNodeStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        CsiNodeRules.check(Field.root(object, errors).child("spec", "drivers"));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        CsiNodeRules.unchanged(
                Field.root(updated, errors).child("spec", "drivers"),
                stored.path("spec").path("drivers"));
        return errors;
    }
}
