package dev.gantry.model.meta;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API object as a JSON tree, with names for what every object has.
 *
 * <p>Invariant: whoever is handed a Resource does not change its tree; {@link #copy()} first.
 * Reading is permissive: a field of the wrong type reads as absent, since validation has its own
 * say.
 */
public record Resource(ObjectNode tree) {
    public String apiVersion() {
        return text(tree, "apiVersion");
    }

    public String kind() {
        return text(tree, "kind");
    }

    public String name() {
        return text(metadata(), "name");
    }

    public String namespace() {
        return text(metadata(), "namespace");
    }

    public Uid uid() {
        return new Uid(text(metadata(), "uid"));
    }

    public Revision revision() {
        return Revision.parse(text(metadata(), "resourceVersion")).orElse(Revision.NONE);
    }

    /** Zero where the kind keeps no generation. */
    public long generation() {
        return metadata().path("generation").asLong(0);
    }

    public ObjectKey key(GroupResource resource) {
        return new ObjectKey(resource, namespace(), name());
    }

    public SortedMap<String, String> labels() {
        return strings(metadata().path("labels"));
    }

    public SortedMap<String, String> annotations() {
        return strings(metadata().path("annotations"));
    }

    public Optional<Instant> creationTime() {
        return instant(metadata().path("creationTimestamp"));
    }

    public Optional<Instant> deletionTime() {
        return instant(metadata().path("deletionTimestamp"));
    }

    public boolean isBeingDeleted() {
        return metadata().hasNonNull("deletionTimestamp");
    }

    public List<String> finalizers() {
        List<String> found = new ArrayList<>();
        metadata().path("finalizers").forEach(each -> found.add(each.asString("")));
        return found;
    }

    public List<Owner> owners() {
        List<Owner> found = new ArrayList<>();
        metadata().path("ownerReferences").forEach(each -> found.add(owner(each)));
        return found;
    }

    private static Owner owner(JsonNode reference) {
        return new Owner(
                text(reference, "apiVersion"),
                text(reference, "kind"),
                text(reference, "name"),
                new Uid(text(reference, "uid")),
                isControlling(reference),
                reference.path("blockOwnerDeletion").asBoolean(false));
    }

    private static boolean isControlling(JsonNode reference) {
        return reference.path("controller").asBoolean(false);
    }

    /** The one owner that manages this object, where there is one. */
    public Optional<Owner> controller() {
        for (JsonNode each : metadata().path("ownerReferences")) {
            if (isControlling(each)) {
                return Optional.of(owner(each));
            }
        }
        return Optional.empty();
    }

    /** A missing node where absent, so that callers chain {@code path} without checks. */
    public JsonNode spec() {
        return tree.path("spec");
    }

    public JsonNode status() {
        return tree.path("status");
    }

    public JsonNode metadata() {
        return tree.path("metadata");
    }

    /** The metadata to write into, made where absent. Only on a tree that one owns. */
    public ObjectNode mutableMetadata() {
        return child(tree, "metadata");
    }

    public Resource copy() {
        return new Resource(tree.deepCopy());
    }

    /** The object under {@code name}, made (or replaced, where it is no object) as needed. */
    public static ObjectNode child(ObjectNode parent, String name) {
        if (parent.get(name) instanceof ObjectNode found) {
            return found;
        }
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        parent.set(name, made);
        return made;
    }

    /** The list under {@code name}, made (or replaced, where it is no list) as needed. */
    public static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode found ? found : parent.putArray(name);
    }

    /** The text under {@code name}, or empty. */
    public static String text(JsonNode parent, String name) {
        JsonNode found = parent.path(name);
        return found.isString() ? found.stringValue() : "";
    }

    private static SortedMap<String, String> strings(JsonNode node) {
        SortedMap<String, String> found = new TreeMap<>();
        node.properties().forEach(each -> found.put(each.getKey(), each.getValue().asString("")));
        return found;
    }

    /** Empty where the node holds no RFC 3339 time. */
    public static Optional<Instant> instant(JsonNode node) {
        if (!node.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(node.stringValue()).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }
}
