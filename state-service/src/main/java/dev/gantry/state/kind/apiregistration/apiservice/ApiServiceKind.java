package dev.gantry.state.kind.apiregistration.apiservice;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server knows of apiservices. */
public final class ApiServiceKind {
    private ApiServiceKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        Kinds.API_SERVICE,
                        new ApiServiceStrategy(),
                        PlainPrinter.of(
                                ApiServiceKind::print,
                                Column.text("Service", "The Service that answers."),
                                Column.text("Available", "Whether it answers.")))
                .named(List.of(), List.of("api-extensions"));
    }

    private static void print(ObjectNode object, Cells row) {
        JsonNode service = object.at("/spec/service");
        row.add(
                        service.isObject()
                                ? Resource.text(service, "namespace")
                                        + "/"
                                        + Resource.text(service, "name")
                                : "Local")
                .add(availability(object.at("/status/conditions")));
    }

    private static String availability(JsonNode conditions) {
        for (JsonNode each : conditions) {
            if (Resource.text(each, "type").equals("Available")) {
                String status = Resource.text(each, "status");
                return status.equals("True")
                        ? status
                        : "%s (%s)".formatted(status, Resource.text(each, "reason"));
            }
        }
        return "Unknown";
    }
}
