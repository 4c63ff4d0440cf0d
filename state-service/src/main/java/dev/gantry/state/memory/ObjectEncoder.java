package dev.gantry.state.memory;

import dev.gantry.model.json.Trees;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.ResourceTraits;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trees to bytes, with a gap where the revision will stand.
 *
 * <p>The type and the metadata come first, so that a streaming reader knows early what it reads;
 * {@code managedFields} stand before the revision, so that they can be left out; the rest stays in
 * the order of the tree.
 */
public final class ObjectEncoder {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final List<String> FIRST = List.of("apiVersion", "kind");
    private static final List<String> LAST =
            List.of(EncodedObject.MANAGED_FIELDS, "resourceVersion");

    private final ResourceTraits traits;

    public ObjectEncoder(ResourceTraits traits) {
        this.traits = traits;
    }

    public ResourceTraits traits() {
        return traits;
    }

    /** The object without a number: {@link EncodedObject#at} puts one in. */
    public EncodedObject encode(ObjectKey key, Resource object) {
        var out = new ByteArrayOutputStream(1024);
        int revisionAt;
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            for (String name : FIRST) {
                writeIfPresent(json, object.tree(), name);
            }
            json.writeName("metadata");
            revisionAt = writeMetadata(json, object.metadata(), out);
            for (Map.Entry<String, JsonNode> each : object.tree().properties()) {
                if (!FIRST.contains(each.getKey()) && !each.getKey().equals("metadata")) {
                    json.writeName(each.getKey());
                    Trees.write(json, each.getValue());
                }
            }
            json.writeEndObject();
        }
        byte[] bytes = out.toByteArray();
        Facts facts = Facts.of(object, traits.selectableFields(key.resource(), object), bytes);
        return new EncodedObject(key, Revision.NONE, bytes, revisionAt, facts);
    }

    /** As {@link #encode}, from bytes that were stored under {@code revision}. */
    public EncodedObject decode(ObjectKey key, Revision revision, byte[] json) {
        return encode(key, new Resource(Trees.read(json))).at(revision);
    }

    /** Returns where in {@code out} the digits of the revision belong. */
    private static int writeMetadata(
            JsonGenerator json, JsonNode metadata, ByteArrayOutputStream out) {
        json.writeStartObject();
        for (Map.Entry<String, JsonNode> each : metadata.properties()) {
            if (!LAST.contains(each.getKey())) {
                json.writeName(each.getKey());
                Trees.write(json, each.getValue());
            }
        }
        JsonNode managedFields = metadata.get(EncodedObject.MANAGED_FIELDS);
        if (managedFields != null) {
            json.writeName(EncodedObject.MANAGED_FIELDS);
            Trees.write(json, managedFields);
        }
        json.writeName("resourceVersion");
        json.flush();
        // The colon and the opening quote are written with the value.
        int revisionAt = out.size() + 2;
        json.writeString("");
        json.writeEndObject();
        return revisionAt;
    }

    private static void writeIfPresent(JsonGenerator json, ObjectNode tree, String name) {
        JsonNode found = tree.get(name);
        if (found != null) {
            json.writeName(name);
            Trees.write(json, found);
        }
    }
}
