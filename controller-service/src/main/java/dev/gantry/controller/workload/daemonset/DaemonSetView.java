package dev.gantry.controller.workload.daemonset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Adoption;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.workload.history.History;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.selector.LabelSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a decision about one DaemonSet may see.
 *
 * @param suitability of each node
 * @param pods by the node that they are for, the oldest first; those of no node are not here
 * @param stray pods of nodes that are no more
 * @param current the revision of its template
 * @param writes that make pods and revisions its own, or let them go
 */
record DaemonSetView(
        Resource set,
        Map<String, Suitability> suitability,
        Map<String, List<Resource>> pods,
        List<Resource> stray,
        History history,
        History.Current current,
        List<Action> writes,
        Optional<String> refusal) {
    /** Compat: those that have their node come first. */
    private static final Comparator<Resource> OLDEST_FIRST =
            Comparator.comparing((Resource pod) -> PodLife.node(pod).isEmpty())
                    .thenComparing(pod -> pod.creationTime().orElse(Instant.EPOCH))
                    .thenComparing(Resource::name);

    static DaemonSetView of(Resource set, ClusterReader cluster) {
        History history = History.of(set, cluster);
        History.Current current = history.current(DaemonTemplate.HASH, cluster::get);
        Map<String, Suitability> suitability = new TreeMap<>();
        NodeDemand demand = NodeDemand.of(DaemonTemplate.anywhere(set, hash(current.revision())));
        for (Resource node : cluster.list(Resources.NODES)) {
            suitability.put(node.name(), demand.judge(node));
        }
        Adoption adoption = adoption(set, cluster);
        Map<String, List<Resource>> pods = new TreeMap<>();
        List<Resource> stray = new ArrayList<>();
        for (Resource pod : adoption.owned().stream().sorted(OLDEST_FIRST).toList()) {
            Optional<String> node = DaemonTemplate.node(pod);
            if (node.isEmpty() || !suitability.containsKey(node.get())) {
                stray.add(pod);
            } else {
                pods.computeIfAbsent(node.get(), _ -> new ArrayList<>()).add(pod);
            }
        }
        List<Action> writes = new ArrayList<>(adoption.actions());
        writes.addAll(history.writes());
        return new DaemonSetView(
                set,
                suitability,
                pods,
                stray,
                history,
                current,
                writes,
                cluster.lastRefusal(set.key(Resources.DAEMON_SETS)));
    }

    private static Adoption adoption(Resource set, ClusterReader cluster) {
        List<Resource> candidates = Adoption.candidates(set, Resources.PODS, cluster);
        LabelSelector selector = LabelSelector.of(set.spec().path("selector"));
        return Adoption.of(set, selector, Resources.PODS, candidates);
    }

    private static String hash(Resource revision) {
        return revision.labels().getOrDefault(DaemonTemplate.HASH, "");
    }

    /** Of the current template. */
    String hash() {
        return hash(current.revision());
    }

    boolean isCurrent(Resource pod) {
        return hash().equals(pod.labels().get(DaemonTemplate.HASH));
    }

    Duration minReady() {
        return Duration.ofSeconds(set.spec().path("minReadySeconds").asLong(0));
    }

    List<Resource> podsOf(String node) {
        return pods.getOrDefault(node, List.of());
    }

    /** How many nodes shall have a pod. */
    int desired() {
        return (int) suitability.values().stream().filter(Suitability.RUN::equals).count();
    }
}
