package dev.gantry.state.codec;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An object reduced to its metadata. */
public final class PartialMetadata {
    public static final String API_VERSION = "meta.k8s.io/v1";

    private PartialMetadata() {}

    /** Shares the metadata's tree with {@code object}. */
    public static ObjectNode of(ObjectNode object) {
        ObjectNode partial = JsonNodeFactory.instance.objectNode();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", API_VERSION);
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
