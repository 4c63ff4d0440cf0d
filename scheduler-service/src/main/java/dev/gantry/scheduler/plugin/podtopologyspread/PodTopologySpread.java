package dev.gantry.scheduler.plugin.podtopologyspread;

import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.plugin.Domains;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import dev.gantry.scheduler.snapshot.topology.DomainCounts;
import dev.gantry.scheduler.snapshot.topology.Eligibility;
import dev.gantry.scheduler.snapshot.topology.PodQuestion;
import dev.gantry.scheduler.snapshot.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * No domain may have more pods than the emptiest one by more than maxSkew.
 *
 * <p>Example: zones a (3 pods), b (1), c (1), maxSkew 1: the next pod may go to b or c.
 *
 * <p>Compat: podtopologyspread's filter. It must hold whether or not the pods come that are only
 * nominated ({@code RunFilterPluginsWithNominatedPods}).
 *
 * @param defaults for pods without rules of their own
 */
public record PodTopologySpread(DefaultConstraints defaults) implements Relation {
    private static final Verdict.Rejects NO_LABEL =
            Verdict.never(
                    "node(s) didn't match pod topology spread constraints (missing required label)");
    private static final Verdict.Rejects TOO_SKEWED =
            Verdict.untilFreed("node(s) didn't match pod topology spread constraints");

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return defaults.mayConcern(pod, true);
    }

    @Override
    public Function<NodeView, Verdict> prepare(PodInfo pod, ClusterSnapshot snapshot) {
        List<SpreadRule> rules = defaults.rulesFor(pod, true);
        List<Limit> limits = new ArrayList<>();
        for (SpreadRule rule : rules) {
            for (Collection<PlacedPod> pods : List.of(snapshot.pods(), snapshot.surePods())) {
                SpreadCounts counts = SpreadCounts.of(rule, rules, pod, snapshot, pods);
                limits.add(new Limit(counts, rule.maxSkew() + counts.minimum() - self(rule, pod)));
            }
        }
        return node -> judge(node, limits);
    }

    /** The pod that is placed adds to the skew only if its own rule counts it. */
    private static int self(SpreadRule rule, PodInfo pod) {
        return rule.pods().selector().selects(pod.labels()) ? 1 : 0;
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

    @Override
    public void narrow(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        List<SpreadRule> rules = defaults.rulesFor(pod, true);
        for (SpreadRule rule : rules) {
            var question = new PodQuestion(List.of(rule.pods()), false);
            DomainCounts counts =
                    snapshot.count(
                            question,
                            rule.topologyKey(),
                            Eligibility.of(rule, rules, pod.signature()));
            keepEven(counts, rule, pod, left);
            DomainCounts sure = snapshot.surely(question, counts);
            if (sure != counts) {
                keepEven(sure, rule, pod, left);
            }
        }
    }

    private static void keepEven(
            DomainCounts counts, SpreadRule rule, PodInfo pod, Candidates left) {
        int least = counts.present() < rule.minDomains() ? 0 : counts.minimum();
        int mostBefore = rule.maxSkew() + least - self(rule, pod);
        Topology topology = counts.topology();
        boolean[] isAllowed = new boolean[topology.bound()];
        Arrays.fill(isAllowed, true);
        left.keepDomains(topology, isAllowed, false, NO_LABEL);
        for (int domain = 0; domain < isAllowed.length; domain++) {
            isAllowed[domain] = counts.pods().get(domain) <= mostBefore;
        }
        left.keepDomains(topology, isAllowed, true, TOO_SKEWED);
    }
}
