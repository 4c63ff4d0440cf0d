package dev.gantry.state.kind.apps.controllerrevision;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/apps/controllerrevision}. */
public final class ControllerRevisionStrategy implements Strategy {
    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        root.child("revision").nonNegative();
        if (root.has("data") && !root.child("data").value().isObject()) {
            root.child("data").required("data must be a valid JSON object");
        }
        if (!root.has("data")) {
            root.child("data").required("data is mandatory");
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field.root(updated, errors).child("data").immutable(stored.path("data"));
        Field.root(updated, errors).child("revision").nonNegative();
        return errors;
    }
}
