package dev.gantry.scheduler.plugin.interpodaffinity;

import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Domains;
import dev.gantry.scheduler.plugin.Preference;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodRelations.PreferredTerm;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.topology.DomainCounts;
import dev.gantry.scheduler.snapshot.topology.ExistingPodTerm;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import dev.gantry.scheduler.snapshot.topology.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Preferred pod affinity and anti-affinity, the pod's own and that of the pods that are there.
 *
 * <p>Compat: interpodaffinity's score: weights add up per pod and domain, and the nodes that are
 * left span the scale.
 *
 * @param hardWeight what a pod counts whose required affinity matches this one; upstream's {@code
 *     hardPodAffinityWeight}
 * @param ignoresOthers whether the preferred terms of the others are ignored for a pod that has
 *     none of its own; upstream's {@code ignorePreferredTermsOfExistingPods}
 */
public record InterPodAffinityScore(int hardWeight, boolean ignoresOthers) implements Preference {
    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return !pod.signature().relations().preferred().isEmpty()
                || (!ignoresOthers && snapshot.anyExistingPodTerm(pod, term -> weight(term) != 0));
    }

    @Override
    public ToIntFunction<NodeView> prepare(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left) {
        Map<Place, Long> weights = new HashMap<>();
        for (PlacedPod each : snapshot.pods()) {
            snapshot.node(each.node())
                    .ifPresent(node -> weigh(pod, each.pod(), node, snapshot, weights));
        }
        ToLongFunction<NodeView> raw =
                node -> {
                    long sum = 0;
                    for (Map.Entry<Place, Long> each : weights.entrySet()) {
                        Place place = each.getKey();
                        boolean isHere = place.domain.equals(Domains.of(node, place.key));
                        sum += isHere ? each.getValue() : 0;
                    }
                    return sum;
                };
        long least = left.stream().mapToLong(raw).min().orElse(0);
        long most = left.stream().mapToLong(raw).max().orElse(0);
        return node -> scaled(raw.applyAsLong(node), least, most);
    }

    private void weigh(
            PodInfo pod,
            PodInfo other,
            NodeView node,
            ClusterSnapshot snapshot,
            Map<Place, Long> weights) {
        for (PreferredTerm each : pod.signature().relations().preferred()) {
            if (snapshot.matches(each.term(), other)) {
                add(each.term(), each.weight(), node, weights);
            }
        }
        for (PreferredTerm each : other.signature().relations().preferred()) {
            if (snapshot.matches(each.term(), pod)) {
                add(each.term(), each.weight(), node, weights);
            }
        }
        for (PodTerm term : other.signature().relations().affinity()) {
            if (snapshot.matches(term, pod)) {
                add(term, hardWeight, node, weights);
            }
        }
    }

    private static void add(PodTerm term, int weight, NodeView node, Map<Place, Long> weights) {
        @Nullable String domain = Domains.of(node, term.topologyKey());
        if (domain != null) {
            weights.merge(new Place(term.topologyKey(), domain), (long) weight, Long::sum);
        }
    }

    @Override
    public int[] scores(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        Map<Topology, long[]> weights = new LinkedHashMap<>();
        for (PreferredTerm each : pod.signature().relations().preferred()) {
            var question = new PodQuestion(List.of(each.term()), true);
            add(snapshot.count(question, each.term().topologyKey()), each.weight(), weights);
        }
        snapshot.visitExistingPodTerms(
                pod,
                term -> {
                    if (weight(term) != 0) {
                        add(term.counts(), weight(term), weights);
                    }
                });
        long[] raw = new long[left.size()];
        weights.forEach((topology, perDomain) -> add(topology.column(), perDomain, left, raw));
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (long each : raw) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        int[] scores = new int[raw.length];
        for (int i = 0; i < raw.length; i++) {
            scores[i] = scaled(raw[i], least, most);
        }
        return scores;
    }

    private static void add(DomainCounts counts, int weight, Map<Topology, long[]> weights) {
        Topology topology = counts.topology();
        long[] perDomain = weights.computeIfAbsent(topology, t -> new long[t.bound()]);
        counts.pods()
                .forEach(domain -> perDomain[domain] += (long) weight * counts.pods().get(domain));
    }

    private static void add(int[] domains, long[] perDomain, Candidates left, long[] raw) {
        int[] rows = left.rows();
        for (int i = 0; i < raw.length; i++) {
            int domain = domains[rows[i]];
            raw[i] += domain == Topology.NONE ? 0 : perDomain[domain];
        }
    }

    private int weight(ExistingPodTerm term) {
        return switch (term.kind()) {
            case PREFERRED -> term.weight();
            case AFFINITY -> hardWeight;
            case ANTI_AFFINITY -> 0;
        };
    }

    private static int scaled(long raw, long least, long most) {
        return most == least ? 0 : (int) (MAX * ((raw - least) / (double) (most - least)));
    }

    private record Place(String key, String domain) {}
}
