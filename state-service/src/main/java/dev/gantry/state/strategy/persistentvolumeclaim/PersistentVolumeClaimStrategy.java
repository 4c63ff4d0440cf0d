package dev.gantry.state.strategy.persistentvolumeclaim;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/persistentvolumeclaim}. */
public final class PersistentVolumeClaimStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.PERSISTENT_VOLUME_CLAIM;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(
                object,
                "spec",
                spec -> {
                    Defaults.text(spec, "volumeMode", "Filesystem");
                    Defaults.within(spec, "resources", PersistentVolumeClaimStrategy::amounts);
                });
        Defaults.within(
                object,
                "status",
                status -> {
                    Quantities.canonicalMap(status, "capacity");
                    Quantities.canonicalMap(status, "allocatedResources");
                });
    }

    private static void amounts(ObjectNode resources) {
        Quantities.canonicalMap(resources, "limits");
        Quantities.canonicalMap(resources, "requests");
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status");
    }
}
