package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The pods near a node that may have to be apart from another: because it says so, or because they
 * do. Namespaces are not looked at: the caller tries them all.
 */
final class AntiAffinityConflicts {
    private static final String SIDE = "podAntiAffinity";

    private final Case each;
    private final Map<String, String> labels;
    private final Map<String, Map<String, String>> labelsOfNodes = new HashMap<>();

    private AntiAffinityConflicts(Case each) {
        this.each = each;
        this.labels = each.nodeObject().labels();
    }

    static List<Resource> from(Case each) {
        var conflicts = new AntiAffinityConflicts(each);
        return each.whatIf().pods().stream().filter(conflicts::mayBeInTheWay).toList();
    }

    private boolean mayBeInTheWay(Resource other) {
        String node = Resource.text(other.spec(), "nodeName");
        return !node.isEmpty()
                && (forbids(each.pod(), other, node) || forbids(other, each.pod(), node));
    }

    /** Whether one of the pod's terms matches the other, and makes one domain of both nodes. */
    private boolean forbids(Resource pod, Resource other, String node) {
        for (JsonNode term : Terms.required(pod.spec(), SIDE)) {
            if (areOneDomain(Resource.text(term, "topologyKey"), node)
                    && LabelSelector.of(term.path("labelSelector")).selects(other.labels())) {
                return true;
            }
        }
        return false;
    }

    private boolean areOneDomain(String key, String node) {
        String here = labels.get(key);
        return here != null && here.equals(labelsOf(node).get(key));
    }

    private Map<String, String> labelsOf(String node) {
        return labelsOfNodes.computeIfAbsent(
                node,
                name ->
                        each.whatIf()
                                .get(ClusterObjects.node(name))
                                .<Map<String, String>>map(Resource::labels)
                                .orElse(Map.of()));
    }
}
