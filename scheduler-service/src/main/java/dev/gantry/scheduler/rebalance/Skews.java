package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.DomainCounts;
import dev.gantry.scheduler.snapshot.Eligibility;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodQuestion;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The topology spread constraints that pods have, required and preferred ones, and how much of them
 * is violated as the snapshot is now.
 *
 * <p>Example: zones a (5 pods), b (2), c (1), maxSkew 1. At most 2 would be fine, so a has an
 * excess of 3 and b of none.
 *
 * <p>Deliberately absent: a profile's default constraints. Nobody asked for those pod by pod.
 */
final class Skews {
    private final ClusterSnapshot snapshot;
    private final Map<String, Map<Key, Skew>> byNamespace = new LinkedHashMap<>();

    private record Key(SpreadRule rule, Eligibility eligibility) {}

    Skews(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
        // Cost: pods of one shape share the object; to compare shapes would take longer.
        Map<PodShape, Boolean> seen = new IdentityHashMap<>();
        for (NodeView node : snapshot.rows()) {
            for (PlacedPod each : snapshot.podsOn(node)) {
                boolean hasRules = !each.pod().shape().relations().spread().isEmpty();
                if (hasRules && seen.put(each.pod().shape(), true) == null) {
                    watch(each.pod().key().namespace(), each.pod().shape());
                }
            }
        }
    }

    private void watch(String namespace, PodShape shape) {
        for (SpreadRule rule : shape.relations().spread()) {
            List<SpreadRule> together =
                    shape.relations().spread().stream()
                            .filter(each -> each.isRequired() == rule.isRequired())
                            .toList();
            Eligibility eligibility = Eligibility.of(rule, together, shape);
            var question = new PodQuestion(List.of(rule.pods()), false);
            DomainCounts counts = snapshot.count(question, rule.topologyKey(), eligibility);
            byNamespace
                    .computeIfAbsent(namespace, _ -> new LinkedHashMap<>())
                    .putIfAbsent(
                            new Key(rule, eligibility),
                            new Skew(namespace, rule, question, eligibility, counts));
        }
    }

    /** How many pods are too many, of all rules of the namespace together. */
    int excess(String namespace) {
        return byNamespace.getOrDefault(namespace, Map.of()).values().stream()
                .mapToInt(Skew::excess)
                .sum();
    }

    /** Those that are violated, in no particular but always the same order. */
    List<Skew> violated() {
        List<Skew> found = new ArrayList<>();
        for (Map<Key, Skew> rules : byNamespace.values()) {
            rules.values().stream().filter(each -> each.excess() > 0).forEach(found::add);
        }
        return found;
    }

    /** One rule, and the pods that it counts. Always current. */
    record Skew(
            String namespace,
            SpreadRule rule,
            PodQuestion question,
            Eligibility eligibility,
            DomainCounts counts) {
        /** How many pods a domain may have. */
        int most() {
            int least = counts.present() < rule.minDomains() ? 0 : counts.minimum();
            return least + rule.maxSkew();
        }

        int excess() {
            int most = most();
            int[] total = {0};
            counts.pods()
                    .forEach(domain -> total[0] += Math.max(0, counts.pods().get(domain) - most));
            return total[0];
        }

        /** How many pods too many there are where this node is. */
        int excessAt(NodeView node) {
            int domain = counts.topology().domainOf(node.row());
            boolean counted = domain >= 0 && node.exists() && eligibility.allows(node);
            return counted ? Math.max(0, counts.pods().get(domain) - most()) : 0;
        }
    }
}
