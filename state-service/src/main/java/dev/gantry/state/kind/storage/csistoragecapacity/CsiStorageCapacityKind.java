package dev.gantry.state.kind.storage.csistoragecapacity;

import dev.gantry.model.kind.Kinds;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of csistoragecapacities. */
public final class CsiStorageCapacityKind {
    private CsiStorageCapacityKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CSI_STORAGE_CAPACITY,
                new CsiStorageCapacityStrategy(),
                PlainPrinter.NAME_AND_DATE);
    }
}
