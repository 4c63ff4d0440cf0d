package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.SpreadRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * No domain may have more pods than the emptiest one by more than maxSkew.
 *
 * <p>Example: zones a (3 pods), b (1), c (1), maxSkew 1: the next pod may go to b or c.
 *
 * <p>Compat: podtopologyspread's filter.
 */
public final class TopologySpread implements Relation {
    private static final Verdict NO_LABEL =
            Verdict.never(
                    "node(s) didn't match pod topology spread constraints (missing required label)");
    private static final Verdict TOO_SKEWED =
            Verdict.untilFreed("node(s) didn't match pod topology spread constraints");

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        return pod.shape().relations().spread().stream().anyMatch(SpreadRule::isRequired);
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodDemand pod, ClusterSnapshot snapshot) {
        List<SpreadRule> rules =
                pod.shape().relations().spread().stream().filter(SpreadRule::isRequired).toList();
        List<Limit> limits = new ArrayList<>();
        for (SpreadRule rule : rules) {
            SpreadCounts counts = SpreadCounts.of(rule, rules, pod, snapshot);
            int self = rule.pods().selector().selects(pod.labels()) ? 1 : 0;
            limits.add(new Limit(counts, rule.maxSkew() + counts.minimum() - self));
        }
        return node -> judge(node, limits);
    }

    private static Verdict judge(NodeView node, List<Limit> limits) {
        for (Limit each : limits) {
            String domain = Domains.of(node, each.counts.rule().topologyKey());
            if (domain == null) {
                return NO_LABEL;
            }
            if (each.counts.byDomain().getOrDefault(domain, 0) > each.mostBefore) {
                return TOO_SKEWED;
            }
        }
        return Verdict.FITS;
    }

    /**
     * @param mostBefore how many pods a domain may have for one more to be allowed
     */
    private record Limit(SpreadCounts counts, int mostBefore) {}
}
