package dev.gantry.state.kind.storage.csistoragecapacity;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csistoragecapacity}. */
public final class CsiStorageCapacityStrategy implements Strategy {
    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Quantities.canonical(object, "capacity");
        Quantities.canonical(object, "maximumVolumeSize");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field root = Field.root(updated, errors);
        root.child("nodeTopology").immutable(stored.path("nodeTopology"));
        root.child("storageClassName").immutable(stored.path("storageClassName"));
        return errors;
    }

    /** Compat: how large a volume can be is not judged. */
    private static void check(Field root) {
        LabelRules.selector(root.child("nodeTopology"));
        Field storageClass = root.child("storageClassName");
        storageClass.invalidFor(Names.dnsSubdomain(storageClass.text()));
        if (root.has("capacity")) {
            ResourceNames.checkAmount(root.child("capacity"), "storage");
        }
    }
}
