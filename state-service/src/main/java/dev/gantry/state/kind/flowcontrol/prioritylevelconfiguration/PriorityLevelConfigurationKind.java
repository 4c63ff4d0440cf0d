package dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Texts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of prioritylevelconfigurations. */
public final class PriorityLevelConfigurationKind {
    private PriorityLevelConfigurationKind() {}

    /** Compat: the columns of {@code pkg/printers}. */
    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.PRIORITY_LEVEL_CONFIGURATION,
                new PriorityLevelConfigurationStrategy(),
                PlainPrinter.of(
                        PriorityLevelConfigurationKind::print,
                        Column.text("Type", "Whether it is limited."),
                        Column.text("NominalConcurrencyShares", "Its part of all seats."),
                        Column.text("Queues", "How many queues it has."),
                        Column.text("HandSize", "How many queues a flow may use."),
                        Column.text("QueueLengthLimit", "How many requests a queue holds.")));
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode limited = object.at("/spec/limited");
        JsonNode queuing = limited.at("/limitResponse/queuing");
        row.add(Resource.text(object.path("spec"), "type"));
        number(row, limited.path("nominalConcurrencyShares"));
        number(row, queuing.path("queues"));
        number(row, queuing.path("handSize"));
        number(row, queuing.path("queueLengthLimit"));
    }

    private static void number(Cells row, JsonNode number) {
        if (number.isNumber()) {
            row.add(number.asLong(0));
        } else {
            row.add(Texts.NONE);
        }
    }
}
