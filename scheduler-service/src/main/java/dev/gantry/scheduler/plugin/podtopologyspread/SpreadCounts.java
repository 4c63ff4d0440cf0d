package dev.gantry.scheduler.plugin.podtopologyspread;

import dev.gantry.scheduler.plugin.Domains;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import dev.gantry.scheduler.snapshot.topology.Eligibility;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many pods each domain of one rule has, counted one by one: the way the reference does it.
 * Domains of nodes that don't count are absent.
 */
record SpreadCounts(SpreadRule rule, Map<String, Integer> byDomain) {
    /**
     * @param together all rules of the same strictness: a node counts only if it has all their keys
     */
    static SpreadCounts of(
            SpreadRule rule, List<SpreadRule> together, PodInfo pod, ClusterSnapshot snapshot) {
        return of(rule, together, pod, snapshot, snapshot.pods());
    }

    /**
     * @param pods those that are counted
     */
    static SpreadCounts of(
            SpreadRule rule,
            List<SpreadRule> together,
            PodInfo pod,
            ClusterSnapshot snapshot,
            Collection<PlacedPod> pods) {
        Eligibility eligibility = Eligibility.of(rule, together, pod.signature());
        var question = new PodQuestion(List.of(rule.pods()), false);
        Map<String, Integer> counts = new TreeMap<>();
        for (NodeView node : snapshot.rows()) {
            if (node.exists() && eligibility.allows(node)) {
                counts.putIfAbsent(domain(rule, node), 0);
            }
        }
        for (PlacedPod each : pods) {
            Optional<NodeView> node = snapshot.node(each.node()).filter(eligibility::allows);
            if (node.isPresent() && snapshot.matches(question, each.pod())) {
                counts.merge(domain(rule, node.get()), 1, Integer::sum);
            }
        }
        return new SpreadCounts(rule, counts);
    }

    /** Zero where there are fewer domains than the rule asks for. */
    int minimum() {
        if (byDomain.size() < rule.minDomains()) {
            return 0;
        }
        return byDomain.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    private static String domain(SpreadRule rule, NodeView node) {
        return Objects.requireNonNull(Domains.of(node, rule.topologyKey()));
    }
}
