package dev.gantry.state.strategy.csi;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/storage/csidriver}. */
public final class CsiDriverStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.CSI_DRIVER;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", CsiDriverStrategy::complete);
    }

    private static void complete(ObjectNode spec) {
        Defaults.flag(spec, "attachRequired", true);
        Defaults.flag(spec, "podInfoOnMount", false);
        Defaults.flag(spec, "storageCapacity", false);
        Defaults.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        if (spec.path("volumeLifecycleModes").isEmpty()) {
            spec.putArray("volumeLifecycleModes").add("Persistent");
        }
        Defaults.flag(spec, "requiresRepublish", false);
        Defaults.flag(spec, "seLinuxMount", false);
    }
}
