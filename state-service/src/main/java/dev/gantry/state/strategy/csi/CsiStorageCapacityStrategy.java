package dev.gantry.state.strategy.csi;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csistoragecapacity}. */
public final class CsiStorageCapacityStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.CSI_STORAGE_CAPACITY;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Quantities.canonical(object, "capacity");
        Quantities.canonical(object, "maximumVolumeSize");
    }
}
