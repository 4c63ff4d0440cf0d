package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of flowschemas. */
public final class FlowSchemaKind {
    /** Compat: the columns of {@code pkg/printers}; what is asked first stands first. */
    private static final Printer PRINTER =
            new Printer() {
                @Override
                public List<Column> columns() {
                    return List.of(
                            Column.NAME,
                            Column.text("PriorityLevel", "The level of its requests."),
                            Column.text("MatchingPrecedence", "Lower ones are asked first."),
                            Column.text("DistinguisherMethod", "What tells flows apart."),
                            Column.AGE,
                            Column.text("MissingPL", "Whether there is no such level."));
                }

                @Override
                public Optional<Comparator<ObjectNode>> order() {
                    return Optional.of(
                            Comparator.comparingLong(FlowSchemaKind::precedence)
                                    .thenComparing(each -> new Resource(each).name()));
                }

                @Override
                public void print(ObjectNode object, Cells row) {
                    FlowSchemaKind.print(object, row);
                }
            };

    private FlowSchemaKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(Kinds.FLOW_SCHEMA, new FlowSchemaStrategy(), PRINTER);
    }

    private static long precedence(ObjectNode object) {
        return object.at("/spec/matchingPrecedence").asLong(0);
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode spec = object.path("spec");
        row.name(object)
                .add(Resource.text(spec.path("priorityLevelConfiguration"), "name"))
                .add(precedence(object))
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
