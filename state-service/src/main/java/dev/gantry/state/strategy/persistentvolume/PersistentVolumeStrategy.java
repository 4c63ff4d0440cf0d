package dev.gantry.state.strategy.persistentvolume;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/persistentvolume}. */
public final class PersistentVolumeStrategy implements Strategy {
    @Override
    public Kind kind() {
        return BuiltinKind.PERSISTENT_VOLUME;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.within(object, "spec", VolumeDefaults::complete);
    }

    /** A volume begins as Pending; the time is that of its creation. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status").put("phase", "Pending");
        String now = Resource.text(object.path("metadata"), "creationTimestamp");
        if (!now.isEmpty()) {
            status.put("lastPhaseTransitionTime", now);
        }
    }

    @Override
    public Set<String> subresources() {
        return Set.of("status");
    }
}
