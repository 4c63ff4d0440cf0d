package dev.gantry.state.apply;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who owns which fields of one object. Immutable. */
record ManagedFields(List<Entry> entries) {
    static final ManagedFields NONE = new ManagedFields(List.of());

    private static final String FIELD = "managedFields";

    /** Compat: appliers first, then by time and name. */
    private static final Comparator<Entry> ORDER =
            Comparator.comparing((Entry each) -> each.writer().operation())
                    .thenComparing(Entry::time)
                    .thenComparing(each -> each.writer().manager())
                    .thenComparing(each -> each.writer().apiVersion())
                    .thenComparing(each -> each.writer().subresource());

    /**
     * @param time RFC 3339; when the object was changed last. Empty where it was not: compat, who
     *     applies what is there already
     */
    record Entry(FieldManager writer, String time, FieldSet fields) {}

    /** Those of a stored object. */
    static ManagedFields of(ObjectNode object) {
        List<Entry> entries = new ArrayList<>();
        object.path("metadata").path(FIELD).forEach(each -> entries.add(entry(each)));
        return new ManagedFields(entries);
    }

    /** Those that a client sent. Empty where they cannot be read. */
    static Optional<ManagedFields> sent(ObjectNode object) {
        for (JsonNode each : object.path("metadata").path(FIELD)) {
            boolean isRead =
                    entry(each).writer().isKnown()
                            && Resource.text(each, "fieldsType").equals("FieldsV1")
                            && FieldSet.isOne(each.path("fieldsV1"));
            if (!isRead) {
                return Optional.empty();
            }
        }
        return Optional.of(of(object));
    }

    private static Entry entry(JsonNode json) {
        FieldManager writer =
                new FieldManager(
                        Resource.text(json, "manager"),
                        Resource.text(json, "operation"),
                        Resource.text(json, "apiVersion"),
                        Resource.text(json, "subresource"));
        FieldSet fields = FieldSet.parseRoot(json.path("fieldsV1"));
        return new Entry(writer, Resource.text(json, "time"), fields);
    }

    static void removeFrom(ObjectNode object) {
        if (object.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(FIELD);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    FieldSet of(FieldManager writer) {
        return entry(writer).map(Entry::fields).orElse(FieldSet.EMPTY);
    }

    Optional<Entry> entry(FieldManager writer) {
        return entries.stream().filter(each -> each.writer().isSameAs(writer)).findFirst();
    }

    FieldSet all() {
        return FieldSet.union(entries.stream().map(Entry::fields).toList());
    }

    /** With the entry in place of that of the same writer. An empty set removes it. */
    ManagedFields with(Entry entry) {
        List<Entry> changed = new ArrayList<>();
        entries.stream()
                .filter(each -> !each.writer().isSameAs(entry.writer()))
                .forEach(changed::add);
        if (!entry.fields().isEmpty()) {
            changed.add(entry);
        }
        return new ManagedFields(changed);
    }

    ManagedFields with(FieldManager writer, FieldSet fields, Instant now) {
        return with(new Entry(writer, Conditions.timestamp(now), fields));
    }

    /** Nobody but {@code writer} owns any more what is different. */
    ManagedFields takenFromOthers(FieldManager writer, Differences differences) {
        List<Entry> changed = new ArrayList<>();
        for (Entry each : entries) {
            FieldManager other = each.writer();
            FieldSet rest =
                    other.isSameAs(writer)
                            ? each.fields()
                            : each.fields().difference(differences.touched(other.apiVersion()));
            if (!rest.isEmpty()) {
                changed.add(new Entry(other, each.time(), rest));
            }
        }
        return new ManagedFields(changed);
    }

    /** Writes them into {@code object}. */
    void putInto(ObjectNode object) {
        ObjectNode metadata = Resource.child(object, "metadata");
        metadata.remove(FIELD);
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = metadata.putArray(FIELD);
        entries.stream().sorted(ORDER).forEach(each -> list.add(json(each)));
    }

    private static ObjectNode json(Entry entry) {
        FieldManager writer = entry.writer();
        ObjectNode node =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("manager", writer.manager())
                        .put("operation", writer.operation())
                        .put("apiVersion", writer.apiVersion());
        if (!entry.time().isEmpty()) {
            node.put("time", entry.time());
        }
        node.put("fieldsType", "FieldsV1").set("fieldsV1", entry.fields().toJson());
        if (!writer.subresource().isEmpty()) {
            node.put("subresource", writer.subresource());
        }
        return node;
    }
}
