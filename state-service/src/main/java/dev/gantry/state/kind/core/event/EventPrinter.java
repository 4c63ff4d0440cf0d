package dev.gantry.state.kind.core.event;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.Printer;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class EventPrinter implements Printer {
    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("Last Seen", "How long ago it happened last."),
                Column.text("Type", "Normal or Warning."),
                Column.text("Reason", "What happened, in one word."),
                Column.text("Object", "To what it happened."),
                Column.wide("Subobject", "The part of the object."),
                Column.wide("Source", "Who reported it."),
                Column.text("Message", "What happened, in a sentence."),
                Column.wide("First Seen", "How long ago it happened first."),
                new Column("Count", "string", "", "How often it happened.", 1),
                new Column("Name", "string", "name", "The name of the event.", 1));
    }

    @Override
    public void print(ObjectNode event, Cells row) {
        JsonNode object = event.path("involvedObject");
        JsonNode first = either(event, "firstTimestamp", "eventTime");
        JsonNode last =
                event.path("series").isObject()
                        ? event.at("/series/lastObservedTime")
                        : event.path("lastTimestamp").isString()
                                ? event.path("lastTimestamp")
                                : first;
        String kind = Resource.text(object, "kind").toLowerCase(Locale.ROOT);
        String name = Resource.text(object, "name");
        row.age(last)
                .add(Resource.text(event, "type"))
                .add(Resource.text(event, "reason"))
                .add(name.isEmpty() ? kind : kind + "/" + name)
                .add(Resource.text(object, "fieldPath"))
                .add(source(event))
                .add(Resource.text(event, "message").strip())
                .age(first)
                .add(count(event))
                .name(event);
    }

    /** Events of the newer API have no count until they become a series. */
    private static long count(ObjectNode event) {
        return event.path("series").isObject()
                ? event.at("/series/count").asLong(0)
                : Math.max(1, event.path("count").asLong(0));
    }

    private static String source(ObjectNode event) {
        String component = event.at("/source/component").asString("");
        String host = event.at("/source/host").asString("");
        if (component.isEmpty() && host.isEmpty()) {
            component = Resource.text(event, "reportingComponent");
            host = Resource.text(event, "reportingInstance");
        }
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static JsonNode either(ObjectNode event, String first, String second) {
        return event.path(first).isString() ? event.path(first) : event.path(second);
    }
}
