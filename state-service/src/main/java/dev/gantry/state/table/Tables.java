package dev.gantry.state.table;

import dev.gantry.state.codec.PartialMetadata;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes tables of objects of one kind: a start, and a row for each object. */
public final class Tables {
    private Tables() {}

    /**
     * A table without rows.
     *
     * @param metadata a ListMeta; of a single object just its resourceVersion
     */
    public static ObjectNode start(Printer printer, ObjectNode metadata) {
        ObjectNode table = withoutColumns(metadata);
        ArrayNode columns = table.putArray("columnDefinitions");
        printer.columns().forEach(column -> columns.add(definition(column)));
        return table;
    }

    /** Compat: in a watch only the first event has the columns. */
    public static ObjectNode withoutColumns(ObjectNode metadata) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("kind", "Table").put("apiVersion", PartialMetadata.API_VERSION);
        table.set("metadata", metadata);
        return table.putNull("columnDefinitions");
    }

    /**
     * @param hidden annotations that metadata alone is shown without
     */
    public static ObjectNode row(
            Printer printer,
            ObjectNode object,
            IncludeObject include,
            Set<String> hidden,
            Instant now) {
        Cells cells = new Cells(now);
        printer.print(object, cells);
        ObjectNode row = cells.toRow();
        switch (include) {
            case NONE -> row.putNull("object");
            case METADATA -> row.set("object", PartialMetadata.of(object, hidden));
            case OBJECT -> row.set("object", object);
        }
        return row;
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
