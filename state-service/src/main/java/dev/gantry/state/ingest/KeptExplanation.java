package dev.gantry.state.ingest;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Resource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps why a decision fell as it did on the pod itself, in the same change as the decision: so it
 * is in the change feed, in history and in SQL, and is never of another decision than the pod.
 *
 * <p>Cost: some 300 to 500 bytes on each pod, no parsing.
 */
final class KeptExplanation {
    /**
     * More than the scheduler's own bounds come to; a pod must not grow because a sender went
     * wrong.
     */
    private static final int LIMIT = 3000;

    private KeptExplanation() {}

    static void put(Binding binding, Resource pod) {
        String explanation = binding.explanation();
        ObjectNode metadata = pod.mutableMetadata();
        if (!explanation.isEmpty() && explanation.length() <= LIMIT) {
            Resource.child(metadata, "annotations").put(Binding.DECISION_ANNOTATION, explanation);
        } else if (metadata.get("annotations") instanceof ObjectNode stale) {
            stale.remove(Binding.DECISION_ANNOTATION);
        }
    }
}
