package dev.gantry.state.table;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The cells of one row, in the making. */
final class Cells {
    private final ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    private final Instant now;

    Cells(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    Cells add(String text) {
        cells.add(text);
        return this;
    }

    Cells add(long number) {
        cells.add(number);
        return this;
    }

    Cells add(boolean flag) {
        cells.add(flag);
        return this;
    }

    /** {@code fallback} where the text is empty. */
    Cells addOr(String text, String fallback) {
        return add(text.isEmpty() ? fallback : text);
    }

    Cells name(ObjectNode object) {
        return add(object.at("/metadata/name").asString(""));
    }

    Cells age(ObjectNode object) {
        return age(object.at("/metadata/creationTimestamp"));
    }

    Cells age(JsonNode time) {
        return add(Age.since(time, now));
    }

    /** What a client may highlight about the row. */
    void condition(String reason, String message) {
        conditions
                .addObject()
                .put("type", "Completed")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message);
    }

    ObjectNode toRow() {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        row.set("cells", cells);
        if (!conditions.isEmpty()) {
            row.set("conditions", conditions);
        }
        return row;
    }
}
