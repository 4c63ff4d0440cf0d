package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.remedy.NodeRemedy;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code kubectl drain} of a node would do.
 *
 * @param displaced pods whose controllers would start them anew: they wait now, under their old
 *     name
 */
record Drain(
        ClusterObjects after, List<ObjectKey> displaced, List<ObjectKey> lost, List<String> notes) {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** Empty where there is no such node. */
    static Optional<Drain> of(ClusterObjects cluster, String node) {
        return cluster.get(ClusterObjects.node(node)).map(found -> drained(cluster, found));
    }

    private static Drain drained(ClusterObjects cluster, Resource node) {
        List<Resource> changed = new ArrayList<>();
        changed.add(cordoned(node));
        List<Resource> evicted = new ArrayList<>();
        List<ObjectKey> displaced = new ArrayList<>();
        List<ObjectKey> lost = new ArrayList<>();
        for (Resource pod : cluster.pods()) {
            if (!isOn(pod, node.name()) || stays(pod)) {
                continue;
            }
            ObjectKey key = pod.key(Resources.PODS);
            evicted.add(pod);
            if (pod.controller().isPresent()) {
                displaced.add(key);
                changed.add(Displaced.anew(pod));
            } else {
                lost.add(key);
            }
        }
        List<String> notes = new ArrayList<>(held(cluster, node.name(), evicted));
        if (evicted.isEmpty()) {
            notes.add(nothingMoves(cluster, node.name()));
        }
        return new Drain(cluster.without(lost).with(changed), displaced, lost, notes);
    }

    private static boolean isOn(Resource pod, String node) {
        return Resource.text(pod.spec(), "nodeName").equals(node) && !Owned.isFinished(pod);
    }

    /** Compat: kubectl drain leaves pods of DaemonSets and of the node itself. */
    private static boolean stays(Resource pod) {
        return pod.annotations().containsKey(MIRROR)
                || pod.controller().map(Owner::kind).filter("DaemonSet"::equals).isPresent();
    }

    private static Resource cordoned(Resource node) {
        Resource copy = node.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        if (!spec.path("unschedulable").asBoolean(false)) {
            spec.put("unschedulable", true);
            ArrayNode taints = Resource.array(spec, "taints");
            taints.addObject().put("key", NodeRemedy.CORDONED).put("effect", "NoSchedule");
        }
        return copy;
    }

    private static String nothingMoves(ClusterObjects cluster, String node) {
        long staying = cluster.pods().stream().filter(pod -> isOn(pod, node)).count();
        String why =
                staying == 0
                        ? "no pods are on it"
                        : "of the %s on it each belongs to a DaemonSet or to the node itself"
                                .formatted(PlanText.pods(staying));
        return "the drain of %s moves nothing: %s".formatted(node, why);
    }

    /** Budgets that allow fewer disruptions than this would be: the drain waits for them. */
    private static List<String> held(ClusterObjects cluster, String node, List<Resource> evicted) {
        List<String> notes = new ArrayList<>();
        for (Resource budget : cluster.all(Kinds.POD_DISRUPTION_BUDGET)) {
            JsonNode selector = budget.spec().path("selector");
            LabelSelector selected = LabelSelector.of(selector);
            long pods =
                    evicted.stream()
                            .filter(pod -> pod.namespace().equals(budget.namespace()))
                            .filter(pod -> selected.selects(pod.labels()))
                            .count();
            long allowed = budget.status().path("disruptionsAllowed").asLong(0);
            if (pods > allowed) {
                notes.add(
                        "the drain of %s waits: budget %s/%s allows %d disruptions now, %d pods would be evicted"
                                .formatted(node, budget.namespace(), budget.name(), allowed, pods));
            }
        }
        return notes;
    }
}
