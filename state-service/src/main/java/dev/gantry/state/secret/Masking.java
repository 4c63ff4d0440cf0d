package dev.gantry.state.secret;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the values out of Secrets: on the change feed, in the history, in readable columns. */
public final class Masking {
    /** Compat: kubectl keeps a copy of the whole object here, values and all. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final List<String> VALUES = List.of("data", "stringData");

    private Masking() {}

    /** The object itself where it is not confidential. */
    public static EncodedObject masked(EncodedObject object, ObjectEncoder encoder) {
        if (!encoder.traits().isConfidential(object.key().resource())) {
            return object;
        }
        Resource open = object.decode();
        mask(open.tree());
        return encoder.encode(object.key(), open).at(object.revision());
    }

    /** Keeps the names of the values and empties them, in place. */
    public static void mask(ObjectNode secret) {
        for (String field : VALUES) {
            JsonNode values = secret.get(field);
            if (values instanceof ObjectNode named) {
                named.propertyNames().stream().toList().forEach(name -> named.put(name, ""));
            } else if (values != null) {
                secret.remove(field);
            }
        }
        if (secret.path("metadata").path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
    }
}
