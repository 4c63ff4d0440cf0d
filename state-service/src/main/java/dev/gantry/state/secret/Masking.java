package dev.gantry.state.secret;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes out of objects what may only be stored sealed: for the change feed, the history and
 * readable columns. Of a Secret the names of its values stay, of others their metadata.
 */
public final class Masking {
    /** Compat: kubectl keeps a copy of the whole object here, values and all. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private static final List<String> VALUES = List.of("data", "stringData");
    private static final List<String> IDENTITY = List.of("apiVersion", "kind", "metadata");

    private Masking() {}

    /** The object itself where it is not confidential. */
    public static EncodedObject masked(EncodedObject object, ObjectEncoder encoder) {
        if (!encoder.traits().isConfidential(object.key().resource())) {
            return object;
        }
        Resource open = object.decode();
        if (isSecret(object)) {
            emptyValues(open.tree());
        } else {
            open.tree().retain(IDENTITY);
        }
        if (open.metadata().path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(LAST_APPLIED);
        }
        return encoder.encode(object.key(), open).at(object.revision());
    }

    /**
     * As the change feed carries it: parts of the platform read built-in objects there, so that of
     * those only Secrets are masked.
     */
    public static EncodedObject told(EncodedObject object, ObjectEncoder encoder) {
        boolean isRead = Kinds.of(object.key().resource()).isPresent() && !isSecret(object);
        return isRead ? object : masked(object, encoder);
    }

    private static boolean isSecret(EncodedObject object) {
        return object.key().resource().equals(Resources.SECRETS);
    }

    private static void emptyValues(ObjectNode secret) {
        for (String field : VALUES) {
            JsonNode values = secret.get(field);
            if (values instanceof ObjectNode named) {
                named.propertyNames().stream().toList().forEach(name -> named.put(name, ""));
            } else if (values != null) {
                secret.remove(field);
            }
        }
    }
}
