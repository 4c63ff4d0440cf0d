package dev.gantry.state.kind.storage.storageclass;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class StorageClassPrinter {
    static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("Provisioner", "Who makes its volumes."),
                            Column.text("ReclaimPolicy", "What becomes of released volumes."),
                            Column.text("VolumeBindingMode", "When claims get their volumes."),
                            Column.text("AllowVolumeExpansion", "Whether volumes may grow."),
                            Column.AGE),
                    StorageClassPrinter::print);

    private StorageClassPrinter() {}

    private static void print(ObjectNode object, Cells row) {
        var annotations = new Resource(object).annotations();
        boolean isDefault =
                "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"))
                        || "true"
                                .equals(
                                        annotations.get(
                                                "storageclass.beta.kubernetes.io/is-default-class"));
        String name = Resource.text(object.path("metadata"), "name");
        row.add(isDefault ? name + " (default)" : name)
                .add(Resource.text(object, "provisioner"))
                .addOr(Resource.text(object, "reclaimPolicy"), "Delete")
                .addOr(Resource.text(object, "volumeBindingMode"), Texts.UNSET)
                .add(object.path("allowVolumeExpansion").asBoolean(false))
                .age(object);
    }
}
