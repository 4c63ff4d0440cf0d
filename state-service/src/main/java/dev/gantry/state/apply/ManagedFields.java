package dev.gantry.state.apply;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who owns which fields of one object. Immutable. */
record ManagedFields(List<Entry> entries) {
    /**
     * @param time RFC 3339; when the set changed last
     */
    record Entry(Writer writer, String time, FieldSet fields) {}

    static ManagedFields of(ObjectNode object) {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode each : object.at("/metadata/managedFields")) {
            Writer writer =
                    new Writer(
                            Resource.text(each, "manager"),
                            Resource.text(each, "operation"),
                            Resource.text(each, "apiVersion"),
                            Resource.text(each, "subresource"));
            entries.add(
                    new Entry(
                            writer,
                            Resource.text(each, "time"),
                            FieldSet.parseRoot(each.path("fieldsV1"))));
        }
        return new ManagedFields(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    FieldSet of(Writer writer) {
        return entries.stream()
                .filter(each -> each.writer().isSameAs(writer))
                .map(Entry::fields)
                .findFirst()
                .orElse(FieldSet.EMPTY);
    }

    FieldSet all() {
        return FieldSet.union(entries.stream().map(Entry::fields).toList());
    }

    /** An empty set removes the entry; an unchanged one keeps its time. */
    ManagedFields with(Writer writer, FieldSet fields, Instant now) {
        List<Entry> changed = new ArrayList<>();
        String time = Conditions.timestamp(now);
        for (Entry each : entries) {
            if (!each.writer().isSameAs(writer)) {
                changed.add(each);
            } else if (each.fields().equals(fields) && each.writer().equals(writer)) {
                time = each.time();
            }
        }
        if (!fields.isEmpty()) {
            changed.add(new Entry(writer, time, fields));
        }
        return new ManagedFields(changed);
    }

    /** Nobody but {@code writer} owns any of {@code fields} any more. */
    ManagedFields takenFromOthers(Writer writer, FieldSet fields) {
        List<Entry> changed = new ArrayList<>();
        for (Entry each : entries) {
            FieldSet rest =
                    each.writer().isSameAs(writer)
                            ? each.fields()
                            : each.fields().difference(fields);
            if (!rest.isEmpty()) {
                changed.add(new Entry(each.writer(), each.time(), rest));
            }
        }
        return new ManagedFields(changed);
    }

    /** Writes them into {@code object}. Compat: appliers first, then by time and name. */
    void putInto(ObjectNode object) {
        ObjectNode metadata = Resource.child(object, "metadata");
        metadata.remove("managedFields");
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = metadata.putArray("managedFields");
        entries.stream()
                .sorted(
                        Comparator.comparing((Entry each) -> each.writer().operation())
                                .thenComparing(Entry::time)
                                .thenComparing(each -> each.writer().manager())
                                .thenComparing(each -> each.writer().subresource()))
                .forEach(each -> list.add(json(each)));
    }

    private static ObjectNode json(Entry entry) {
        Writer writer = entry.writer();
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("manager", writer.manager())
                        .put("operation", writer.operation())
                        .put("apiVersion", writer.apiVersion())
                        .put("time", entry.time())
                        .put("fieldsType", "FieldsV1");
        node.set("fieldsV1", entry.fields().toJson());
        if (!writer.subresource().isEmpty()) {
            node.put("subresource", writer.subresource());
        }
        return node;
    }
}
