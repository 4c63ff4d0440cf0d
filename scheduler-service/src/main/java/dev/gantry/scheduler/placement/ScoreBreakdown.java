package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profile.WeightedPreference;
import dev.gantry.scheduler.placement.profile.Profile.WeightedScore;
import dev.gantry.scheduler.placement.ranking.NodeEvaluator;
import dev.gantry.scheduler.placement.ranking.Rank;
import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says which rule gave a node how much: asked only of the best two nodes. */
record ScoreBreakdown(
        Profile profile,
        NodeEvaluator evaluator,
        List<WeightedPreference> preferences,
        PodInfo pod,
        ClusterSnapshot snapshot) {
    private static final String SIBLINGS = "Siblings";

    /**
     * @param scores what each of the preferences gave the node
     */
    Scored of(NodeView node, long rank, int[] scores) {
        SortedMap<String, Integer> byRule = new TreeMap<>();
        for (WeightedScore each : evaluator.scores()) {
            int score = each.weight() * each.score().score(pod.signature(), node);
            byRule.merge(each.score().name(), points(score), Integer::sum);
        }
        for (int i = 0; i < scores.length; i++) {
            WeightedPreference each = preferences.get(i);
            byRule.merge(each.preference().name(), points(each.weight() * scores[i]), Integer::sum);
        }
        if (snapshot.soleRowOf(pod.owner()) == node.row()) {
            byRule.put(SIBLINGS, -points(profile.soleNodePenalty()));
        }
        int score = points(Rank.score(rank) - profile.soleNodePenalty());
        return new Scored(node.name(), score, byRule);
    }

    private static int points(int score) {
        return Math.round(score / (float) Score.POINT);
    }
}
