package dev.gantry.controller.workload.daemonset;

import dev.gantry.controller.pod.PodFromTemplate;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.NodeTerm;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods of a DaemonSet, and reads which node one is for. */
final class DaemonTemplate {
    static final String HASH = "controller-revision-hash";
    private static final String GENERATION = "pod-template-generation";
    private static final String GENERATION_NOTE = "deprecated.daemonset.template.generation";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    /** Compat: {@code AddOrUpdateDaemonPodTolerations}. */
    private static final List<String> TOLERATED =
            List.of(
                    "not-ready:NoExecute",
                    "unreachable:NoExecute",
                    "disk-pressure:NoSchedule",
                    "memory-pressure:NoSchedule",
                    "pid-pressure:NoSchedule",
                    "unschedulable:NoSchedule");

    private DaemonTemplate() {}

    static Resource pod(Resource set, String node, String hash) {
        Resource pod = PodFromTemplate.of(set.spec().path("template"), set);
        ObjectNode labels = Resource.child(pod.mutableMetadata(), "labels");
        labels.put(HASH, hash);
        String generation = set.annotations().get(GENERATION_NOTE);
        if (generation != null) {
            labels.put(GENERATION, generation);
        }
        ObjectNode spec = Resource.child(pod.tree(), "spec");
        pin(spec, node);
        ArrayNode tolerations = Resource.array(spec, "tolerations");
        for (String each : TOLERATED) {
            int colon = each.indexOf(':');
            tolerate(tolerations, each.substring(0, colon), each.substring(colon + 1));
        }
        if (spec.path("hostNetwork").asBoolean(false)) {
            tolerate(tolerations, "network-unavailable", "NoSchedule");
        }
        return pod;
    }

    /** Compat: each term gets the node's name instead of the fields that it had. */
    private static void pin(ObjectNode spec, String node) {
        ObjectNode affinity = Resource.child(Resource.child(spec, "affinity"), "nodeAffinity");
        ArrayNode terms = Resource.array(Resource.child(affinity, REQUIRED), "nodeSelectorTerms");
        if (terms.isEmpty()) {
            terms.addObject();
        }
        for (JsonNode term : terms) {
            ((ObjectNode) term)
                    .putArray("matchFields")
                    .addObject()
                    .put("key", "metadata.name")
                    .put("operator", "In")
                    .putArray("values")
                    .add(node);
        }
    }

    private static void tolerate(ArrayNode tolerations, String key, String effect) {
        String whole = "node.kubernetes.io/" + key;
        for (JsonNode each : tolerations) {
            boolean isThere =
                    Resource.text(each, "key").equals(whole)
                            && Resource.text(each, "operator").equals("Exists")
                            && Resource.text(each, "effect").equals(effect);
            if (isThere) {
                return;
            }
        }
        tolerations.addObject().put("key", whole).put("operator", "Exists").put("effect", effect);
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
