package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of flowschemas. */
public final class FlowSchemaKind {
    /** Compat: the columns of {@code pkg/printers}. */
    private static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            Column.text("PriorityLevel", "The level of its requests."),
                            Column.text("MatchingPrecedence", "Lower ones are asked first."),
                            Column.text("DistinguisherMethod", "What tells flows apart."),
                            Column.AGE,
                            Column.text("MissingPL", "Whether there is no such level.")),
                    FlowSchemaKind::print);

    private FlowSchemaKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.FLOW_SCHEMA, new FlowSchemaStrategy(), PRINTER);
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode spec = object.path("spec");
        row.name(object)
                .add(Resource.text(spec.path("priorityLevelConfiguration"), "name"))
                .add(spec.path("matchingPrecedence").asLong(0))
                .addOr(Resource.text(spec.path("distinguisherMethod"), "type"), Texts.NONE)
                .age(object)
                .add(isDangling(object.at("/status/conditions")));
    }

    private static String isDangling(JsonNode conditions) {
        String found = "?";
        for (JsonNode each : conditions) {
            if (Resource.text(each, "type").equals("Dangling")) {
                found = Resource.text(each, "status");
            }
        }
        return found;
    }
}
