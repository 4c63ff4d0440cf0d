package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.snapshot.node.NodeView;

/**
 * Score and tie break of a node in one comparable number: the greater wins.
 *
 * <p>Invariant: no two nodes have the same rank, whatever their scores, as long as their names
 * scatter to different tie ranks, and no score is above {@code Profile.MAX_SCORE}; so the winner
 * never depends on the order of rows.
 */
public final class Rank {
    public static final long NONE = -1;
    private static final int TIE_BITS = 43;

    private Rank() {}

    public static long of(int score, NodeView node) {
        return (long) score << TIE_BITS | node.tieRank();
    }

    /** The rank of the same node with a greater, or smaller, score. */
    public static long plus(long rank, int score) {
        return rank + ((long) score << TIE_BITS);
    }

    public static int score(long rank) {
        return (int) (rank >>> TIE_BITS);
    }
}
