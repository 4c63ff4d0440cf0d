package dev.gantry.state.table;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The cells of one row, in the making. */
public final class Cells {
    private final ArrayNode cells = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    private final Instant now;

    Cells(Instant now) {
        this.now = now;
    }

    public Instant now() {
        return now;
    }

    public Cells add(String text) {
        cells.add(text);
        return this;
    }

    public Cells add(long number) {
        cells.add(number);
        return this;
    }

    public Cells add(boolean flag) {
        cells.add(flag);
        return this;
    }

    /** A value of any kind; null leaves the cell empty. */
    public Cells add(JsonNode value) {
        cells.add(value);
        return this;
    }

    /** {@code fallback} where the text is empty. */
    public Cells addOr(String text, String fallback) {
        return add(text.isEmpty() ? fallback : text);
    }

    public Cells name(ObjectNode object) {
        return add(object.at("/metadata/name").asString(""));
    }

    public Cells age(ObjectNode object) {
        return age(object.at("/metadata/creationTimestamp"));
    }

    public Cells age(JsonNode time) {
        return add(Age.since(time, now));
    }

    /** What a client may highlight about the row. */
    public void condition(String reason, String message) {
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
