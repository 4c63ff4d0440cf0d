package dev.gantry.state.table;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claims for devices, and what nodes offer. */
final class DevicePrinters {
    private DevicePrinters() {}

    static Printer claim() {
        return PlainPrinter.of(
                (object, row) -> row.add(state(object)),
                Column.text("State", "Whether it has its devices, and is in use."));
    }

    private static String state(ObjectNode claim) {
        boolean isGoing = new Resource(claim).isBeingDeleted();
        JsonNode status = claim.path("status");
        List<String> states = new ArrayList<>();
        if (isGoing) {
            states.add("deleted");
        }
        if (!status.hasNonNull("allocation")) {
            if (!isGoing) {
                states.add("pending");
            }
        } else {
            states.add("allocated");
            if (!status.path("reservedFor").isEmpty()) {
                states.add("reserved");
            }
        }
        return String.join(",", states);
    }

    static Printer slice() {
        return PlainPrinter.of(
                DevicePrinters::slice,
                Column.text("Node", "The node that the devices belong to."),
                Column.text("Driver", "The driver that publishes them."),
                Column.text("Pool", "The pool that they are part of."));
    }

    private static void slice(ObjectNode slice, Cells row) {
        JsonNode spec = slice.path("spec");
        row.addOr(text(spec, "nodeName"), "<unset>")
                .add(text(spec, "driver"))
                .add(text(spec.path("pool"), "name"));
    }

    static Printer nameAndAge() {
        return PlainPrinter.of((object, row) -> {});
    }
}
