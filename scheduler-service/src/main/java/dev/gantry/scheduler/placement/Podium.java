package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.snapshot.NodeView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The best and the second best node so far. */
final class Podium {
    private @Nullable NodeView first;
    private @Nullable NodeView runnerUp;
    private long firstRank = Rank.NONE;
    private long runnerUpRank = Rank.NONE;

    void offer(NodeView node, long rank) {
        if (rank > firstRank) {
            runnerUp = first;
            runnerUpRank = firstRank;
            first = node;
            firstRank = rank;
        } else if (rank > runnerUpRank) {
            runnerUp = node;
            runnerUpRank = rank;
        }
    }

    Optional<Scored> best() {
        return scored(first, firstRank);
    }

    Optional<Scored> second() {
        return scored(runnerUp, runnerUpRank);
    }

    private static Optional<Scored> scored(@Nullable NodeView node, long rank) {
        return node == null
                ? Optional.empty()
                : Optional.of(new Scored(node.name(), Rank.score(rank)));
    }
}
