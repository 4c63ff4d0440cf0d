package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.Mobility;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import dev.gantry.scheduler.snapshot.topology.DomainCounts;
import dev.gantry.scheduler.snapshot.topology.Eligibility;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The topology spread constraints that pods have, required and preferred ones, and how much of them
 * is violated as the snapshot is now. A profile's default constraints count for the pods that have
 * none of their own, as they do for the scheduler.
 *
 * <p>Example: zones a (5 pods), b (2), c (1), maxSkew 1. At most 2 would be fine, so a has an
 * excess of 3 and b of none.
 */
final class Skews {
    /** Cost: every rule counts pods; a snapshot that is asked for too many forgets the first. */
    private static final int WATCHED = 4096;

    private final ClusterSnapshot snapshot;
    private final Profiles profiles;
    private final Map<String, Map<Key, Skew>> byNamespace = new LinkedHashMap<>();
    private int watched;

    private record Key(SpreadRule rule, Eligibility eligibility) {}

    Skews(ClusterSnapshot snapshot, Profiles profiles) {
        this.snapshot = snapshot;
        this.profiles = profiles;
        // Cost: pods of one signature share the object; to compare signatures would take longer.
        Map<PodSignature, Boolean> seen = new IdentityHashMap<>();
        Set<String> workloads = new HashSet<>();
        for (NodeView node : snapshot.rows()) {
            for (PlacedPod each : snapshot.podsOn(node)) {
                PodInfo pod = each.pod();
                boolean isNew =
                        pod.signature().relations().spread().isEmpty()
                                ? pod.mobility() == Mobility.MOVABLE && workloads.add(pod.owner())
                                : seen.put(pod.signature(), true) == null;
                if (isNew) {
                    watch(pod);
                }
            }
        }
    }

    private void watch(PodInfo pod) {
        String namespace = pod.key().namespace();
        for (SpreadRule rule : rulesOf(pod)) {
            Eligibility eligibility = defaultsFor(pod).eligibility(rule, pod);
            Map<Key, Skew> known =
                    byNamespace.computeIfAbsent(namespace, _ -> new LinkedHashMap<>());
            var key = new Key(rule, eligibility);
            if (watched < WATCHED && !known.containsKey(key)) {
                watched++;
                var question = new PodQuestion(List.of(rule.pods()), false);
                DomainCounts counts = snapshot.count(question, rule.topologyKey(), eligibility);
                known.put(key, new Skew(rule, question, eligibility, counts));
            }
        }
    }

    /** The pod's own, or those of its profile. */
    List<SpreadRule> rulesOf(PodInfo pod) {
        return defaultsFor(pod).rulesFor(pod);
    }

    private DefaultConstraints defaultsFor(PodInfo pod) {
        return profiles.named(profiles.nameFor(pod, snapshot)).defaultSpread();
    }

    /** How many pods are too many, of the rules that count this one: by it no other changes. */
    int excess(PlacedPod placed) {
        PodInfo pod = placed.pod();
        return byNamespace.getOrDefault(pod.key().namespace(), Map.of()).values().stream()
                .filter(each -> snapshot.matches(each.question(), pod))
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
            SpreadRule rule, PodQuestion question, Eligibility eligibility, DomainCounts counts) {
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
