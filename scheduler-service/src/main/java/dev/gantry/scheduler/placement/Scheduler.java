package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.explain.Explainer;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.ranking.BestTwo;
import dev.gantry.scheduler.placement.ranking.NodeEvaluator;
import dev.gantry.scheduler.placement.ranking.Rank;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.plugin.Relation;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Places one pod: judge every node, score those that are left, take the best.
 *
 * <p>Example: three nodes, a pod that asks for 500m. Node a is cordoned (rejected by
 * NodeUnschedulable), b has 200m free (rejected by NodeResourcesFit), c has 2000m free: the pod
 * goes to c, and the explanation says that NodeUnschedulable ruled out a and NodeResourcesFit b.
 *
 * <p>This is the reference, made to be read. What runs is {@link RankedScheduler}.
 */
public final class Scheduler {
    /** Compat: what upstream says of nodes that a pod's affinity to node names leaves out. */
    static final Verdict.Rejects NOT_PINNED =
            Verdict.never("node(s) didn't satisfy plugin(s) [NodeAffinity]");

    private final Profile profile;

    public Scheduler(Profile profile) {
        this.profile = profile;
    }

    public Placement place(PodInfo asked, ClusterSnapshot snapshot) {
        PodInfo pod = snapshot.known(asked);
        var evaluator = new NodeEvaluator(profile, pod.signature());
        var clusterRules = new ClusterRules(profile, pod, snapshot);
        var explainer = new Explainer(snapshot);
        Optional<ClusterRules.PreFilterRejection> preFilterRejection =
                clusterRules.preFilterRejection();
        if (preFilterRejection.isPresent()) {
            return rejectedByPreFilter(pod, preFilterRejection.get(), snapshot);
        }
        Function<NodeView, ClusterRules.NodeVerdict> judge = clusterRules.judge();
        List<NodeView> left = new ArrayList<>();
        for (NodeView node : candidates(pod, snapshot, explainer)) {
            int filter = evaluator.rejectingFilter(node);
            if (filter != NodeEvaluator.FITS) {
                Filter rule = evaluator.filters().get(filter);
                explainer.rejected(rule.name(), evaluator.rejection(filter, node), node);
                continue;
            }
            ClusterRules.NodeVerdict verdict = judge.apply(node);
            if (verdict.verdict() instanceof Verdict.Rejects rejects) {
                explainer.rejected(verdict.rule(), rejects, node);
                continue;
            }
            left.add(node);
        }
        return left.isEmpty()
                ? new Placement.Unplaced(pod, explainer.unplaced(snapshot.nodeCount()))
                : best(pod, snapshot, left, explainer);
    }

    private Placement best(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left, Explainer explainer) {
        var evaluator = new NodeEvaluator(profile, pod.signature());
        var clusterRules = new ClusterRules(profile, pod, snapshot);
        var breakdown =
                new ScoreBreakdown(profile, evaluator, clusterRules.preferences(), pod, snapshot);
        Function<NodeView, int[]> scores = clusterRules.preferenceScores(left);
        var bestTwo = new BestTwo();
        for (int i = 0; i < left.size(); i++) {
            NodeView node = left.get(i);
            int score = evaluator.score(node) + clusterRules.total(scores.apply(node));
            bestTwo.offer(i, Rank.of(score + handicap(pod, node, snapshot), node));
        }
        NodeView best = left.get(bestTwo.first());
        Scored chosen = breakdown.of(best, bestTwo.firstRank(), scores.apply(best));
        Optional<Scored> runnerUp = Optional.empty();
        if (bestTwo.second() != BestTwo.NOBODY) {
            NodeView second = left.get(bestTwo.second());
            runnerUp =
                    Optional.of(breakdown.of(second, bestTwo.secondRank(), scores.apply(second)));
        }
        Explanation explanation =
                explainer.placed(snapshot.nodeCount(), left.size(), chosen, runnerUp);
        return new Placement.Placed(pod, best.name(), explanation);
    }

    /** What the placement of the pod on this node, which fits it, writes besides the pod. */
    public Consequences consequences(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        Consequences all = Consequences.NONE;
        if (!pod.mayHaveConsequences()) {
            return all;
        }
        for (Relation each : profile.relations()) {
            if (each.concerns(pod, snapshot)) {
                all = all.and(each.consequences(pod, node, snapshot));
            }
        }
        return all;
    }

    /** Nothing was looked at, and no node will do. */
    static Placement rejectedByPreFilter(
            PodInfo pod,
            ClusterRules.PreFilterRejection preFilterRejection,
            ClusterSnapshot snapshot) {
        var explainer = new Explainer(snapshot);
        explainer.rejectedByPreFilter(
                preFilterRejection.rule(), preFilterRejection.reason(), snapshot.nodeCount());
        return new Placement.Unplaced(pod, explainer.unplaced(snapshot.nodeCount()));
    }

    /** A pod whose affinity names its nodes is not held against all the others. */
    private static List<NodeView> candidates(
            PodInfo pod, ClusterSnapshot snapshot, Explainer explainer) {
        Optional<List<String>> pinned = pod.signature().nodeAffinity().pinnedNodes();
        if (pinned.isEmpty()) {
            return snapshot.rows().stream().filter(NodeView::exists).toList();
        }
        List<NodeView> named =
                pinned.get().stream()
                        .distinct()
                        .map(snapshot::node)
                        .flatMap(Optional::stream)
                        .toList();
        explainer.rejectedAllBut(named, "NodeAffinity", NOT_PINNED);
        return named;
    }

    /** All nodes start with the penalty in hand, so that no score is negative. */
    private int handicap(PodInfo pod, NodeView node, ClusterSnapshot snapshot) {
        boolean isSole = snapshot.soleRowOf(pod.owner()) == node.row();
        return isSole ? 0 : profile.soleNodePenalty();
    }
}
