package dev.gantry.monitoring.metrics;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is measured as a table, for people. Compat: the columns of metrics-server. */
final class MetricsTable {
    private MetricsTable() {}

    static ObjectNode of(List<Measured> rows, Instant now) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1").putObject("metadata");
        ArrayNode columns = table.putArray("columnDefinitions");
        column(columns, "Name", "name", "Name of the resource");
        column(columns, "cpu", "quantity", "");
        column(columns, "memory", "quantity", "");
        column(columns, "Window", "duration", "");
        ArrayNode list = table.putArray("rows");
        for (Measured each : rows) {
            ObjectNode row = list.addObject();
            row.putArray("cells")
                    .add(each.object().name())
                    .add(each.cpu())
                    .add(each.memory())
                    .add(each.window());
            row.putObject("object")
                    .put("kind", "PartialObjectMetadata")
                    .put("apiVersion", "meta.k8s.io/v1")
                    .set("metadata", each.metadata(now));
        }
        return table;
    }

    private static void column(ArrayNode columns, String name, String format, String description) {
        columns.addObject()
                .put("name", name)
                .put("type", "string")
                .put("format", format)
                .put("description", description)
                .put("priority", 0);
    }
}
