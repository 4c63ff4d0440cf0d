package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * One pod whose rules look at more than one node: the nodes that passed the filters are narrowed
 * down, and the best of those that are left wins.
 */
final class Race {
    private final Profile profile;
    private final PodInfo pod;
    private final ClusterSnapshot snapshot;
    private final Surroundings surroundings;

    Race(Profile profile, PodInfo pod, ClusterSnapshot snapshot, Surroundings surroundings) {
        this.profile = profile;
        this.pod = pod;
        this.snapshot = snapshot;
        this.surroundings = surroundings;
    }

    /**
     * The winner; empty where nobody is left.
     *
     * @param ranks by row, of those that passed the filters
     */
    Optional<Placement> winner(
            Candidates left, Appraiser appraiser, IntToLongFunction ranks, Tally tally) {
        surroundings.narrow(left, tally);
        if (left.size() == 0) {
            return Optional.empty();
        }
        int[][] wishes = surroundings.wishes(left);
        Podium podium = podium(left, ranks, wishes);
        var scorecard = new Scorecard(profile, appraiser, surroundings.wished(), pod, snapshot);
        int[] rows = left.rows();
        Scored chosen =
                scorecard.of(
                        snapshot.row(rows[podium.first()]),
                        podium.firstRank(),
                        column(wishes, podium.first()));
        Optional<Scored> runnerUp = Optional.empty();
        if (podium.second() != Podium.NOBODY) {
            runnerUp =
                    Optional.of(
                            scorecard.of(
                                    snapshot.row(rows[podium.second()]),
                                    podium.secondRank(),
                                    column(wishes, podium.second())));
        }
        Explanation explanation = tally.placed(snapshot.nodeCount(), left.size(), chosen, runnerUp);
        return Optional.of(new Placement.Placed(pod, chosen.node(), explanation));
    }

    private Podium podium(Candidates left, IntToLongFunction ranks, int[][] wishes) {
        int sole = snapshot.soleRowOf(pod.owner());
        var podium = new Podium();
        int[] rows = left.rows();
        for (int i = 0; i < left.size(); i++) {
            long rank = ranks.applyAsLong(rows[i]);
            int more = rows[i] == sole ? -profile.soleNodePenalty() : 0;
            for (int wish = 0; wish < wishes.length; wish++) {
                more += surroundings.wished().get(wish).weight() * wishes[wish][i];
            }
            podium.offer(i, Rank.plus(rank, more));
        }
        return podium;
    }

    private static int[] column(int[][] wishes, int index) {
        int[] found = new int[wishes.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = wishes[i][index];
        }
        return found;
    }
}
