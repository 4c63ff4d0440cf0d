package dev.gantry.state.kind.core.pod;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scheduler's explanation on a pod. Only a committed binding writes it: what a client sends
 * under that name has no effect, and what it leaves out stays.
 */
final class DecisionAnnotation {
    private DecisionAnnotation() {}

    /** A pod that was copied from another brings that one's decision with it. */
    static void strip(ObjectNode object) {
        become(object, null);
    }

    static void keep(ObjectNode updated, ObjectNode stored) {
        become(updated, annotation(stored));
    }

    private static void become(ObjectNode object, @Nullable JsonNode decision) {
        JsonNode now = annotation(object);
        if (decision == null && now == null || decision != null && decision.equals(now)) {
            return;
        }
        ObjectNode metadata = Resource.child(object, "metadata");
        ObjectNode annotations = Resource.child(metadata, "annotations");
        if (decision != null) {
            annotations.set(Binding.DECISION_ANNOTATION, decision);
            return;
        }
        annotations.remove(Binding.DECISION_ANNOTATION);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }

    private static @Nullable JsonNode annotation(ObjectNode object) {
        return object.path("metadata").path("annotations").get(Binding.DECISION_ANNOTATION);
    }
}
