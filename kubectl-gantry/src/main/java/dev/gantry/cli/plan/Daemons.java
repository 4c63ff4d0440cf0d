package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.DaemonPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The pods of a DaemonSet: one for each node that matches, made for that node.
 *
 * <p>Compat: pkg/controller/daemon: its pods tolerate what befalls a node, and are held back only
 * by other taints and by the node not being one they ask for; a lack of room leaves them pending.
 */
final class Daemons {
    private static final Set<String> DECISIVE = Set.of("TaintToleration", "NodeAffinity");

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
        DaemonPlacement.tolerate(Resource.child(pod.tree(), "spec"));
        return pod;
    }
}
