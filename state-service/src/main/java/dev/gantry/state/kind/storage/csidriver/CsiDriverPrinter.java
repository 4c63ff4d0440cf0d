package dev.gantry.state.kind.storage.csidriver;

import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: the columns of {@code pkg/printers}. */
final class CsiDriverPrinter {
    static final Printer PRINTER =
            PlainPrinter.of(
                    CsiDriverPrinter::print,
                    Column.flag(
                            "AttachRequired",
                            "Whether volumes are attached before they are mounted."),
                    Column.flag("PodInfoOnMount", "Whether the driver is told of the pod."),
                    Column.flag("StorageCapacity", "Whether the scheduler looks at capacities."),
                    Column.text("TokenRequests", "Audiences of the tokens that the driver gets."),
                    Column.flag(
                            "RequiresRepublish", "Whether volumes are published again and again."),
                    Column.text("Modes", "The lives that its volumes may have."));

    private CsiDriverPrinter() {}

    private static void print(ObjectNode driver, Cells row) {
        JsonNode spec = driver.path("spec");
        List<String> audiences = Texts.all(spec.path("tokenRequests"), "/audience");
        List<String> modes = Texts.all(spec.path("volumeLifecycleModes"), "");
        row.add(spec.path("attachRequired").asBoolean(true))
                .add(spec.path("podInfoOnMount").asBoolean(false))
                .add(spec.path("storageCapacity").asBoolean(false))
                .addOr(String.join(",", audiences), Texts.UNSET)
                .add(spec.path("requiresRepublish").asBoolean(false))
                .addOr(String.join(",", modes), Texts.NONE);
    }
}
