package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of storageclasses. */
public final class StorageClassKind {
    private StorageClassKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.STORAGE_CLASS,
                        new StorageClassStrategy(),
                        StorageClassPrinter.PRINTER)
                .named(List.of("sc"), List.of());
    }
}
