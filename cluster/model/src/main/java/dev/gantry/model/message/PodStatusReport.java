package dev.gantry.model.message;

import dev.gantry.model.meta.Uid;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an agent saw of one of its pods.
 *
 * @param sequence grows with each report of this pod, also over restarts of the agent; a report
 *     that is not greater than the last one taken is dropped
 * @param status the whole {@code PodStatus} as the agent sees it
 * @param isGone true once nothing of the pod is left on the node: a pod that is being deleted is
 *     then removed from the API
 */
public record PodStatusReport(
        String node,
        String namespace,
        String name,
        Uid uid,
        long sequence,
        ObjectNode status,
        boolean isGone) {
    public PodStatusReport {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(status, "status");
    }
}
