package dev.gantry.controller.workload.daemonset;

import dev.gantry.controller.pod.PodFromTemplate;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.DaemonPlacement;
import dev.gantry.model.selector.NodeTerm;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods of a DaemonSet, and reads which node one is for. */
final class DaemonTemplate {
    static final String HASH = "controller-revision-hash";
    private static final String GENERATION = "pod-template-generation";
    private static final String GENERATION_NOTE = "deprecated.daemonset.template.generation";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    private DaemonTemplate() {}

    static Resource pod(Resource set, String node, String hash) {
        Resource pod = anywhere(set, hash);
        DaemonPlacement.pin(Resource.child(pod.tree(), "spec"), node);
        return pod;
    }

    /** The pod before it is known for which node it is. */
    static Resource anywhere(Resource set, String hash) {
        Resource pod = PodFromTemplate.of(set.spec().path("template"), set);
        ObjectNode labels = Resource.child(pod.mutableMetadata(), "labels");
        labels.put(HASH, hash);
        String generation = set.annotations().get(GENERATION_NOTE);
        if (generation != null) {
            labels.put(GENERATION, generation);
        }
        DaemonPlacement.tolerate(Resource.child(pod.tree(), "spec"));
        return pod;
    }

    /** The node that the pod is on, or is to be on. */
    static Optional<String> node(Resource pod) {
        String bound = PodLife.node(pod);
        if (!bound.isEmpty()) {
            return Optional.of(bound);
        }
        return NodeTerm.listOf(pod.spec().path("affinity").path("nodeAffinity").path(REQUIRED))
                .stream()
                .map(NodeTerm::pinnedNodes)
                .flatMap(Optional::stream)
                .filter(nodes -> nodes.size() == 1)
                .map(SortedSet::first)
                .findFirst();
    }
}
