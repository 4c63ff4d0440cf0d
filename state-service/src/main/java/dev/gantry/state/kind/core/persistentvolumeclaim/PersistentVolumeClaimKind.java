package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of persistentvolumeclaims. */
public final class PersistentVolumeClaimKind {
    private PersistentVolumeClaimKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.PERSISTENT_VOLUME_CLAIM,
                        new PersistentVolumeClaimStrategy(),
                        PersistentVolumeClaimPrinter.PRINTER)
                .named(List.of("pvc"), List.of());
    }
}
