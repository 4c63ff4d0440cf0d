package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pods of a DaemonSet: one for each node that matches, made for that node.
 *
 * <p>Compat: pkg/controller/daemon: its pods tolerate what befalls a node, and are held back only
 * by other taints and by the node not being one they ask for; a lack of room leaves them pending.
 */
final class Daemons {
    private static final Set<String> DECISIVE = Set.of("TaintToleration", "NodeAffinity");

    private static final List<String> TOLERATED =
            List.of(
                    "not-ready:NoExecute",
                    "unreachable:NoExecute",
                    "disk-pressure:NoSchedule",
                    "memory-pressure:NoSchedule",
                    "pid-pressure:NoSchedule",
                    "unschedulable:NoSchedule");

    private Daemons() {}

    /** The nodes that get one. */
    static List<String> nodes(Resource sample, WhatIfCluster whatIf) {
        Resource tolerant = tolerant(sample);
        List<String> nodes = new ArrayList<>();
        whatIf.rejections(tolerant)
                .forEach(
                        (node, rejections) -> {
                            if (rejections.stream().noneMatch(o -> DECISIVE.contains(o.rule()))) {
                                nodes.add(node);
                            }
                        });
        return nodes;
    }

    static Resource tolerant(Resource sample) {
        Resource pod = sample.copy();
        ArrayNode tolerations = Resource.array(Resource.child(pod.tree(), "spec"), "tolerations");
        for (String each : TOLERATED) {
            int colon = each.indexOf(':');
            tolerations
                    .addObject()
                    .put("key", "node.kubernetes.io/" + each.substring(0, colon))
                    .put("operator", "Exists")
                    .put("effect", each.substring(colon + 1));
        }
        return pod;
    }

    /** Compat: util.ReplaceDaemonSetPodNodeNameNodeAffinity. */
    static void pin(Resource pod, String node) {
        ObjectNode spec = Resource.child(pod.tree(), "spec");
        ObjectNode affinity = Resource.child(Resource.child(spec, "affinity"), "nodeAffinity");
        affinity.putObject("requiredDuringSchedulingIgnoredDuringExecution")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchFields")
                .addObject()
                .put("key", "metadata.name")
                .put("operator", "In")
                .putArray("values")
                .add(node);
    }
}
