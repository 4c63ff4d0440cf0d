package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodQuestion;
import dev.gantry.scheduler.snapshot.PodShape;
import dev.gantry.scheduler.snapshot.SpreadRule;
import dev.gantry.scheduler.snapshot.Taint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many pods each domain of one rule has; domains of nodes that don't count are absent. */
record SpreadCounts(SpreadRule rule, Map<String, Integer> byDomain) {
    /**
     * @param together all rules of the same strictness: a node counts only if it has all their keys
     */
    static SpreadCounts of(
            SpreadRule rule, List<SpreadRule> together, PodDemand pod, ClusterSnapshot snapshot) {
        int[] rows = snapshot.count(new PodQuestion(List.of(rule.pods()), false));
        Map<String, Integer> counts = new HashMap<>();
        for (NodeView node : snapshot.rows()) {
            if (node.exists() && hasKeys(node, together) && honors(rule, pod.shape(), node)) {
                String domain = node.facts().labels().get(rule.topologyKey());
                int here = node.row() < rows.length ? rows[node.row()] : 0;
                counts.merge(domain, here, Integer::sum);
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

    int maximum() {
        return byDomain.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static boolean hasKeys(NodeView node, List<SpreadRule> rules) {
        for (SpreadRule rule : rules) {
            if (!node.facts().labels().containsKey(rule.topologyKey())) {
                return false;
            }
        }
        return true;
    }

    private static boolean honors(SpreadRule rule, PodShape pod, NodeView node) {
        if (rule.honorsAffinity() && !pod.wishes().allow(node.name(), node.facts().labels())) {
            return false;
        }
        if (!rule.honorsTaints()) {
            return true;
        }
        for (Taint taint : node.facts().taints()) {
            if (taint.isForbidding() && !pod.tolerates(taint)) {
                return false;
            }
        }
        return true;
    }
}
