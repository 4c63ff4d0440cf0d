package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.explain.Explainer;
import dev.gantry.scheduler.placement.explain.Explanation;
import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.ranking.BestTwo;
import dev.gantry.scheduler.placement.ranking.NodeEvaluator;
import dev.gantry.scheduler.placement.ranking.Rank;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * One pod whose rules look at more than one node: the nodes that passed the filters are narrowed
 * down, and the best of those that are left wins.
 */
final class TopNode {
    private final Profile profile;
    private final PodInfo pod;
    private final ClusterSnapshot snapshot;
    private final ClusterRules clusterRules;

    TopNode(Profile profile, PodInfo pod, ClusterSnapshot snapshot, ClusterRules clusterRules) {
        this.profile = profile;
        this.pod = pod;
        this.snapshot = snapshot;
        this.clusterRules = clusterRules;
    }

    /**
     * The best node that is left; empty where none is.
     *
     * @param ranks by row, of those that passed the filters
     */
    Optional<Placement> find(
            Candidates left,
            NodeEvaluator evaluator,
            IntToLongFunction ranks,
            Explainer explainer) {
        clusterRules.narrow(left, explainer);
        if (left.size() == 0) {
            return Optional.empty();
        }
        int[][] scores = clusterRules.preferenceScores(left);
        BestTwo best = bestTwo(left, ranks, scores);
        var breakdown =
                new ScoreBreakdown(profile, evaluator, clusterRules.preferences(), pod, snapshot);
        int[] rows = left.rows();
        Scored chosen =
                breakdown.of(
                        snapshot.row(rows[best.first()]),
                        best.firstRank(),
                        column(scores, best.first()));
        Optional<Scored> runnerUp = Optional.empty();
        if (best.second() != BestTwo.NOBODY) {
            runnerUp =
                    Optional.of(
                            breakdown.of(
                                    snapshot.row(rows[best.second()]),
                                    best.secondRank(),
                                    column(scores, best.second())));
        }
        Explanation explanation =
                explainer.placed(snapshot.nodeCount(), left.size(), chosen, runnerUp);
        return Optional.of(new Placement.Placed(pod, chosen.node(), explanation));
    }

    private BestTwo bestTwo(Candidates left, IntToLongFunction ranks, int[][] scores) {
        int sole = snapshot.soleRowOf(pod.owner());
        var best = new BestTwo();
        int[] rows = left.rows();
        for (int i = 0; i < left.size(); i++) {
            long rank = ranks.applyAsLong(rows[i]);
            int more = rows[i] == sole ? -profile.soleNodePenalty() : 0;
            for (int j = 0; j < scores.length; j++) {
                more += clusterRules.preferences().get(j).weight() * scores[j][i];
            }
            best.offer(i, Rank.plus(rank, more));
        }
        return best;
    }

    private static int[] column(int[][] scores, int index) {
        int[] found = new int[scores.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = scores[i][index];
        }
        return found;
    }
}
