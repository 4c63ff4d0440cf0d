package dev.gantry.state.codec;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object reduced to its metadata. */
public final class PartialMetadata {
    public static final String API_VERSION = "meta.k8s.io/v1";

    private static final String ANNOTATIONS = "annotations";

    private PartialMetadata() {}

    /**
     * Shares the metadata's tree with {@code object}.
     *
     * @param hidden annotations that are left out
     */
    public static ObjectNode of(ObjectNode object, Set<String> hidden) {
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", API_VERSION);
        JsonNode metadata = object.path("metadata");
        partial.set("metadata", hidden.isEmpty() ? metadata : without(metadata, hidden));
        return partial;
    }

    private static JsonNode without(JsonNode metadata, Set<String> hidden) {
        if (!(metadata.path(ANNOTATIONS) instanceof ObjectNode annotations)) {
            return metadata;
        }
        ObjectNode shown = annotations.deepCopy();
        shown.remove(hidden);
        ObjectNode copy = JsonNodeFactory.instance.objectNode().setAll((ObjectNode) metadata);
        if (shown.isEmpty()) {
            copy.remove(ANNOTATIONS);
        } else {
            copy.set(ANNOTATIONS, shown);
        }
        return copy;
    }
}
