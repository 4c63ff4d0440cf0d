package dev.gantry.state.kind.storage.volumeattributesclass;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.storage.driver.DriverFieldRules;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/volumeattributesclass}. */
final class VolumeAttributesClassStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        DriverFieldRules.name(root.child("driverName"));
        Field parameters = root.child("parameters");
        if (parameters.isEmpty()) {
            parameters.required("must contain at least one key/value pair");
        }
        DriverFieldRules.parameters(parameters);
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        for (String name : List.of("driverName", "parameters")) {
            Field field = Field.root(updated, errors).child(name);
            if (!Sameness.same(field.value(), stored.path(name))) {
                field.forbidden("updates to " + name + " are forbidden.");
            }
        }
        errors.addAll(validate(updated));
        return errors;
    }
}
