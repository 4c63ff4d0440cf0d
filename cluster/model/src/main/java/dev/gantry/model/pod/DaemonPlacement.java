package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the pod of a DaemonSet has in its spec beside what the template says, so that it stays on
 * its node. Both change the spec that they are given.
 */
public final class DaemonPlacement {
    private static final List<String> TOLERATED =
            List.of(
                    "not-ready:NoExecute",
                    "unreachable:NoExecute",
                    "disk-pressure:NoSchedule",
                    "memory-pressure:NoSchedule",
                    "pid-pressure:NoSchedule",
                    "unschedulable:NoSchedule");
    private static final String WITHOUT_NETWORK = "network-unavailable:NoSchedule";

    private DaemonPlacement() {}

    /** Compat: {@code AddOrUpdateDaemonPodTolerations}. */
    public static void tolerate(ObjectNode spec) {
        ArrayNode tolerations = Resource.array(spec, "tolerations");
        TOLERATED.forEach(taint -> tolerate(tolerations, taint));
        if (spec.path("hostNetwork").asBoolean(false)) {
            tolerate(tolerations, WITHOUT_NETWORK);
        }
    }

    /**
     * To the one node. Compat: {@code ReplaceDaemonSetPodNodeNameNodeAffinity}; the terms of the
     * template were for choosing the node, and are not kept.
     */
    public static void pin(ObjectNode spec, String node) {
        Resource.child(Resource.child(spec, "affinity"), "nodeAffinity")
                .putObject("requiredDuringSchedulingIgnoredDuringExecution")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject()
                .put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(node);
    }

    private static void tolerate(ArrayNode tolerations, String taint) {
        int colon = taint.indexOf(':');
        String key = "node.kubernetes.io/" + taint.substring(0, colon);
        String effect = taint.substring(colon + 1);
        for (JsonNode each : tolerations) {
            boolean isThere =
                    Resource.text(each, "key").equals(key)
                            && Resource.text(each, "operator").equals("Exists")
                            && Resource.text(each, "effect").equals(effect);
            if (isThere) {
                return;
            }
        }
        tolerations.addObject().put("key", key).put("operator", "Exists").put("effect", effect);
    }
}
