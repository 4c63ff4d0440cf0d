package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/storageclass}. */
public final class StorageClassStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.pointer(object, "reclaimPolicy", "Delete");
        Defaults.pointer(object, "volumeBindingMode", "Immediate");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        StorageClassRules.check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        StorageClassRules.unchanged(Field.root(updated, errors), stored);
        return errors;
    }
}
