package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of persistentvolumes. */
public final class PersistentVolumeKind {
    private PersistentVolumeKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.PERSISTENT_VOLUME,
                        new PersistentVolumeStrategy(),
                        PersistentVolumePrinter.PRINTER)
                .named(List.of("pv"), List.of());
    }
}
