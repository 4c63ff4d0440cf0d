package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.snapshot.NodeView;

/**
 * Score and tie break of a node in one comparable number: the greater wins.
 *
 * <p>Invariant: no two nodes have the same rank, whatever their scores, as long as their names
 * scatter to different tie ranks; so the winner never depends on the order of rows.
 */
final class Rank {
    static final long NONE = -1;
    static final int MAX_SCORE = (1 << 20) - 1;
    private static final int TIE_BITS = 43;

    private Rank() {}

    static long of(int score, NodeView node) {
        return (long) score << TIE_BITS | node.tieRank();
    }

    /** The rank of the same node with a greater, or smaller, score. */
    static long plus(long rank, int score) {
        return rank + ((long) score << TIE_BITS);
    }

    static int score(long rank) {
        return (int) (rank >>> TIE_BITS);
    }
}
