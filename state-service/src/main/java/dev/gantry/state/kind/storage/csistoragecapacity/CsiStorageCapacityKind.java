package dev.gantry.state.kind.storage.csistoragecapacity;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;

/** What the server knows of csistoragecapacities. */
public final class CsiStorageCapacityKind {
    /** Compat: without an age. */
    private static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("StorageClassName", "The class whose volumes it is about."),
                            Column.text("Capacity", "How much is left.")),
                    (object, row) ->
                            row.name(object)
                                    .add(Resource.text(object, "storageClassName"))
                                    .add(Texts.orUnset(object, "capacity")));

    private CsiStorageCapacityKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.CSI_STORAGE_CAPACITY, new CsiStorageCapacityStrategy(), PRINTER);
    }
}
