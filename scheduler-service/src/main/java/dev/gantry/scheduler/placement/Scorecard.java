package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.Profile.Weighted;
import dev.gantry.scheduler.placement.Profile.Wished;
import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says which rule gave a node how much: asked only of the best, after the race. */
record Scorecard(
        Profile profile,
        Appraiser appraiser,
        List<Wished> wished,
        PodInfo pod,
        ClusterSnapshot snapshot) {
    private static final String SIBLINGS = "Siblings";

    /**
     * @param wishes what each of the wishes gave the node
     */
    Scored of(NodeView node, long rank, int[] wishes) {
        SortedMap<String, Integer> byRule = new TreeMap<>();
        for (Weighted each : appraiser.scores()) {
            int score = each.weight() * each.score().score(pod.signature(), node);
            byRule.merge(each.score().name(), points(score), Integer::sum);
        }
        for (int i = 0; i < wishes.length; i++) {
            Wished each = wished.get(i);
            byRule.merge(each.preference().name(), points(each.weight() * wishes[i]), Integer::sum);
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
