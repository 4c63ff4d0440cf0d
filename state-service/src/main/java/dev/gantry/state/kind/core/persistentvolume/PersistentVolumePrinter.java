package dev.gantry.state.kind.core.persistentvolume;

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
final class PersistentVolumePrinter {
    static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("Capacity", "How much it holds."),
                            Column.text("Access Modes", "How it may be mounted."),
                            Column.text(
                                    "Reclaim Policy", "What becomes of it once it is released."),
                            Column.text("Status", "Whether it is free, bound or left behind."),
                            Column.text("Claim", "The claim that it is bound to."),
                            Column.text("StorageClass", "The class that it belongs to."),
                            Column.text("VolumeAttributesClass", "The class of its attributes."),
                            Column.text("Reason", "Why it is in its state, for machines."),
                            Column.AGE,
                            Column.wide("VolumeMode", "Whether it is a file system or a device.")),
                    PersistentVolumePrinter::print);

    private PersistentVolumePrinter() {}

    private static void print(ObjectNode volume, Cells row) {
        JsonNode spec = volume.path("spec");
        JsonNode claim = spec.path("claimRef");
        row.name(volume)
                .add(Resource.text(spec.path("capacity"), "storage"))
                .add(StorageColumns.modes(spec.path("accessModes")))
                .add(Resource.text(spec, "persistentVolumeReclaimPolicy"))
                .add(StorageColumns.phase(volume))
                .add(
                        claim.isObject()
                                ? Resource.text(claim, "namespace")
                                        + "/"
                                        + Resource.text(claim, "name")
                                : "")
                .add(StorageColumns.storageClass(volume))
                .add(Texts.orUnset(spec, "volumeAttributesClassName"))
                .add(Resource.text(volume.path("status"), "reason"))
                .age(volume)
                .add(Texts.orUnset(spec, "volumeMode"));
    }
}
