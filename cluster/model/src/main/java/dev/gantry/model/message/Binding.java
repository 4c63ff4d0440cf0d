package dev.gantry.model.message;

import dev.gantry.model.meta.Uid;

/**
 * The scheduler's word on one pod.
 *
 * @param node where it shall run; empty for "nowhere yet", and then the pod's PodScheduled
 *     condition becomes False with {@code reason} and {@code message}
 * @param seen the pod's revision that the decision looked at
 * @param explanation a JSON object, or empty
 */
public record Binding(
        String namespace,
        String name,
        Uid uid,
        String node,
        String reason,
        String message,
        long seen,
        String explanation) {
    public boolean isPlaced() {
        return !node.isEmpty();
    }
}
