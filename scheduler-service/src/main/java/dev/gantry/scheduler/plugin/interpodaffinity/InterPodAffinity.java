package dev.gantry.scheduler.plugin.interpodaffinity;

import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Domains;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodRelations;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.topology.DomainCounts;
import dev.gantry.scheduler.snapshot.topology.ExistingPodTerm;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import dev.gantry.scheduler.snapshot.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Required pod affinity and anti-affinity, the pod's own and (anti only) that of others.
 *
 * <p>Compat: interpodaffinity's filter. A pod with affinity to itself may be the first of its kind.
 * An existing pod counts as near only if all terms match it. What is asked for must hold whether or
 * not the pods come that are only nominated ({@code RunFilterPluginsWithNominatedPods}): so these
 * keep others away, but they satisfy no affinity.
 */
public final class InterPodAffinity implements Relation {
    private static final Verdict.Rejects NOT_NEAR =
            Verdict.never("node(s) didn't match pod affinity rules");
    private static final Verdict.Rejects NOT_APART =
            Verdict.untilFreed("node(s) didn't match pod anti-affinity rules");
    private static final Verdict.Rejects OTHERS_OBJECT =
            Verdict.untilFreed("node(s) didn't satisfy existing pods anti-affinity rules");

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        PodRelations relations = pod.signature().relations();
        return !relations.affinity().isEmpty()
                || !relations.antiAffinity().isEmpty()
                || snapshot.anyExistingPodTerm(
                        pod, term -> term.kind() == ExistingPodTerm.Kind.ANTI_AFFINITY);
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        PodRelations relations = pod.signature().relations();
        Nearness now = Nearness.among(snapshot.pods(), pod, snapshot);
        Nearness surely = Nearness.among(snapshot.surePods(), pod, snapshot);
        List<Counted> apart = new ArrayList<>();
        for (PodTerm term : relations.antiAffinity()) {
            apart.add(counted(term, other -> snapshot.matches(term, other), snapshot));
        }
        List<Counted> others = new ArrayList<>();
        for (PlacedPod each : snapshot.pods()) {
            for (PodTerm term : each.pod().signature().relations().antiAffinity()) {
                if (snapshot.matches(term, pod)) {
                    others.add(counted(term, other -> other == each.pod(), snapshot));
                }
            }
        }
        return node ->
                now.holds(node) && surely.holds(node) ? judge(node, apart, others) : NOT_NEAR;
    }

    /** Where the pods are that a pod wants to be near to. */
    private record Nearness(List<Counted> terms, boolean isFirst) {
        static Nearness among(Collection<PlacedPod> pods, PodInfo pod, ClusterSnapshot snapshot) {
            List<PodTerm> near = pod.signature().relations().affinity();
            var all = new PodQuestion(near, true);
            List<Counted> terms = new ArrayList<>();
            for (PodTerm term : near) {
                String key = term.topologyKey();
                Predicate<PodInfo> counts = other -> snapshot.matches(all, other);
                terms.add(new Counted(key, Domains.count(pods, counts, key, snapshot)));
            }
            boolean areNone = terms.stream().allMatch(each -> each.pods.isEmpty());
            return new Nearness(terms, areNone && snapshot.matches(all, pod));
        }

        boolean holds(NodeView node) {
            for (Counted each : terms) {
                String domain = Domains.of(node, each.topologyKey);
                if (domain == null || (!isFirst && !each.pods.containsKey(domain))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Verdict judge(NodeView node, List<Counted> apart, List<Counted> others) {
        if (anyIn(node, apart)) {
            return NOT_APART;
        }
        return anyIn(node, others) ? OTHERS_OBJECT : Verdict.FITS;
    }

    private static boolean anyIn(NodeView node, List<Counted> counted) {
        for (Counted each : counted) {
            String domain = Domains.of(node, each.topologyKey);
            if (domain != null && each.pods.containsKey(domain)) {
                return true;
            }
        }
        return false;
    }

    private static Counted counted(
            PodTerm term, Predicate<PodInfo> counts, ClusterSnapshot snapshot) {
        String key = term.topologyKey();
        return new Counted(key, Domains.count(snapshot.pods(), counts, key, snapshot));
    }

    private record Counted(String topologyKey, Map<String, Integer> pods) {}

    /** Cost: 6,000 nodes with a pod each that wants to be apart take some 20 µs. */
    @Override
    public void narrow(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        PodRelations relations = pod.signature().relations();
        if (!relations.affinity().isEmpty()) {
            keepNear(pod, snapshot, left);
        }
        for (PodTerm term : relations.antiAffinity()) {
            var question = new PodQuestion(List.of(term), true);
            DomainCounts counts = snapshot.count(question, term.topologyKey());
            if (counts.total() > 0) {
                keepEmpty(counts, left);
            }
        }
        objections(pod, snapshot)
                .forEach(
                        (topology, isFree) ->
                                left.keepDomains(topology, isFree, true, OTHERS_OBJECT));
    }

    private static void keepNear(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        List<PodTerm> terms = pod.signature().relations().affinity();
        var question = new PodQuestion(terms, true);
        List<DomainCounts> all =
                terms.stream().map(each -> snapshot.count(question, each.topologyKey())).toList();
        List<DomainCounts> sure =
                all.stream().map(each -> snapshot.surely(question, each)).toList();
        boolean mayBeFirst = snapshot.matches(question, pod);
        keepNear(all, mayBeFirst, left);
        if (!sure.equals(all)) {
            keepNear(sure, mayBeFirst, left);
        }
    }

    private static void keepNear(List<DomainCounts> all, boolean mayBeFirst, Candidates left) {
        boolean isFirst = mayBeFirst && all.stream().allMatch(each -> each.total() == 0);
        for (DomainCounts counts : all) {
            boolean[] isNear = new boolean[counts.topology().bound()];
            if (isFirst) {
                Arrays.fill(isNear, true);
            } else {
                counts.pods().forEach(domain -> isNear[domain] = true);
            }
            left.keepDomains(counts.topology(), isNear, false, NOT_NEAR);
        }
    }

    private static void keepEmpty(DomainCounts counts, Candidates left) {
        boolean[] isFree = allFree(counts.topology());
        counts.pods().forEach(domain -> isFree[domain] = false);
        left.keepDomains(counts.topology(), isFree, true, NOT_APART);
    }

    /** Per topology the domains where no pod stands that does not want this one near. */
    private static Map<Topology, boolean[]> objections(PodInfo pod, ClusterSnapshot snapshot) {
        Map<Topology, boolean[]> found = new LinkedHashMap<>();
        snapshot.visitExistingPodTerms(
                pod,
                term -> {
                    if (term.kind() == ExistingPodTerm.Kind.ANTI_AFFINITY) {
                        Topology topology = term.counts().topology();
                        boolean[] isFree =
                                found.computeIfAbsent(topology, InterPodAffinity::allFree);
                        term.counts().pods().forEach(domain -> isFree[domain] = false);
                    }
                });
        return found;
    }

    private static boolean[] allFree(Topology topology) {
        boolean[] isFree = new boolean[topology.bound()];
        Arrays.fill(isFree, true);
        return isFree;
    }
}
