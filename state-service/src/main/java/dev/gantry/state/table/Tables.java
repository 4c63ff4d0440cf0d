package dev.gantry.state.table;

import dev.gantry.state.codec.PartialMetadata;
import dev.gantry.state.schema.KindName;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes tables of objects of one kind. */
public final class Tables {
    private Tables() {}

    /**
     * @param metadata a ListMeta; of a single object just its resourceVersion
     */
    public static ObjectNode of(
            KindName kind,
            ObjectNode metadata,
            List<ObjectNode> objects,
            IncludeObject include,
            Instant now) {
        ObjectNode table = start(metadata);
        ArrayNode columns = table.putArray("columnDefinitions");
        Printers.of(kind).columns().forEach(column -> columns.add(definition(column)));
        rows(table, kind, objects, include, now);
        return table;
    }

    /** Compat: in a watch only the first event has the columns. */
    public static ObjectNode withoutColumns(
            KindName kind,
            ObjectNode metadata,
            List<ObjectNode> objects,
            IncludeObject include,
            Instant now) {
        ObjectNode table = start(metadata);
        table.putNull("columnDefinitions");
        rows(table, kind, objects, include, now);
        return table;
    }

    private static ObjectNode start(ObjectNode metadata) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", PartialMetadata.API_VERSION);
        table.set("metadata", metadata);
        return table;
    }

    private static void rows(
            ObjectNode table,
            KindName kind,
            List<ObjectNode> objects,
            IncludeObject include,
            Instant now) {
        Printer printer = Printers.of(kind);
        ArrayNode rows = table.putArray("rows");
        for (ObjectNode object : objects) {
            Cells cells = new Cells(now);
            printer.print(object, cells);
            ObjectNode row = cells.toRow();
            switch (include) {
                case NONE -> row.putNull("object");
                case METADATA -> row.set("object", PartialMetadata.of(object));
                case OBJECT -> row.set("object", object);
            }
            rows.add(row);
        }
    }

    private static ObjectNode definition(Column column) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", column.name())
                .put("type", column.type())
                .put("format", column.format())
                .put("description", column.description())
                .put("priority", column.priority());
    }
}
