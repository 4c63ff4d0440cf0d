package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.claim.StorageColumns;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class PersistentVolumeClaimPrinter {
    static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("Status", "Whether it has its volume."),
                            Column.text("Volume", "The volume that it is bound to."),
                            Column.text("Capacity", "How much the volume holds."),
                            Column.text("Access Modes", "How the volume may be mounted."),
                            Column.text("StorageClass", "The class that it asks for."),
                            Column.text(
                                    "VolumeAttributesClass", "The class of attributes it wants."),
                            Column.AGE,
                            Column.wide(
                                    "VolumeMode", "Whether it wants a file system or a device.")),
                    PersistentVolumeClaimPrinter::print);

    private PersistentVolumeClaimPrinter() {}

    private static void print(ObjectNode claim, Cells row) {
        JsonNode spec = claim.path("spec");
        JsonNode status = claim.path("status");
        boolean isBound = !Resource.text(spec, "volumeName").isEmpty();
        row.name(claim)
                .add(StorageColumns.phase(claim))
                .add(Resource.text(spec, "volumeName"))
                .add(isBound ? capacity(status) : "")
                .add(isBound ? StorageColumns.modes(status.path("accessModes")) : "")
                .add(StorageColumns.storageClass(claim))
                .add(Texts.orUnset(spec, "volumeAttributesClassName"))
                .age(claim)
                .add(Texts.orUnset(spec, "volumeMode"));
    }

    /** Compat: a volume of which nothing is known yet holds 0. */
    private static String capacity(JsonNode status) {
        String told = Resource.text(status.path("capacity"), "storage");
        return told.isEmpty() ? "0" : told;
    }
}
