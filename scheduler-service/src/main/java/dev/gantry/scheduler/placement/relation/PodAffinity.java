package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodQuestion;
import dev.gantry.scheduler.snapshot.PodRelations;
import dev.gantry.scheduler.snapshot.PodTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Required pod affinity and anti-affinity, the pod's own and (anti only) that of others.
 *
 * <p>Compat: interpodaffinity's filter. A pod with affinity to itself may be the first of its kind.
 */
public final class PodAffinity implements Relation {
    private static final Verdict NOT_NEAR =
            Verdict.never("node(s) didn't match pod affinity rules");
    private static final Verdict NOT_APART =
            Verdict.untilFreed("node(s) didn't match pod anti-affinity rules");
    private static final Verdict OTHERS_OBJECT =
            Verdict.untilFreed("node(s) didn't satisfy existing pods anti-affinity rules");

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        PodRelations relations = pod.shape().relations();
        return !relations.near().isEmpty()
                || !relations.apart().isEmpty()
                || snapshot.apartTerms().keySet().stream()
                        .anyMatch(term -> snapshot.matches(term, pod));
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodDemand pod, ClusterSnapshot snapshot) {
        PodRelations relations = pod.shape().relations();
        List<Counted> near = near(relations.near(), snapshot);
        boolean isFirst =
                near.stream().allMatch(each -> each.pods.isEmpty())
                        && snapshot.matches(new PodQuestion(relations.near(), true), pod);
        List<Counted> apart = new ArrayList<>();
        for (PodTerm term : relations.apart()) {
            int[] rows = snapshot.count(new PodQuestion(List.of(term), true));
            apart.add(counted(term, rows, snapshot));
        }
        List<Counted> others = new ArrayList<>();
        snapshot.apartTerms()
                .forEach(
                        (term, rows) -> {
                            if (snapshot.matches(term, pod)) {
                                others.add(counted(term, rows, snapshot));
                            }
                        });
        return node -> judge(node, near, isFirst, apart, others);
    }

    /** An existing pod counts for a term only if all terms speak of it. */
    private static List<Counted> near(List<PodTerm> terms, ClusterSnapshot snapshot) {
        List<Counted> near = new ArrayList<>();
        if (!terms.isEmpty()) {
            int[] rows = snapshot.count(new PodQuestion(terms, true));
            terms.forEach(term -> near.add(counted(term, rows, snapshot)));
        }
        return near;
    }

    private static Verdict judge(
            NodeView node,
            List<Counted> near,
            boolean isFirst,
            List<Counted> apart,
            List<Counted> others) {
        for (Counted each : near) {
            String domain = Domains.of(node, each.topologyKey);
            if (domain == null || (!isFirst && !each.pods.containsKey(domain))) {
                return NOT_NEAR;
            }
        }
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

    private static Counted counted(PodTerm term, int[] rows, ClusterSnapshot snapshot) {
        return new Counted(term.topologyKey(), Domains.sum(rows, term.topologyKey(), snapshot));
    }

    private record Counted(String topologyKey, Map<String, Integer> pods) {}
}
