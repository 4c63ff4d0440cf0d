package dev.gantry.state.strategy.storageclass;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/storageclass}. */
public final class StorageClassStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.STORAGE_CLASS;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(object, "reclaimPolicy", "Delete");
        Defaults.text(object, "volumeBindingMode", "Immediate");
    }
}
