package dev.gantry.scheduler.placement.ranking;

import java.util.Arrays;

/**
 * The ranks of all rows, and the best of them: a tree whose leaf i is the rank of row i, and every
 * inner node the greater of its two children, so that the root is the best rank of all.
 *
 * <pre>
 *              9
 *         9         7
 *       4   9     7   -      row 1 wins; hide it, and 7 (row 2) is the runner-up
 * </pre>
 *
 * <p>Cost: O(log n) for a row whose rank changed.
 */
public final class RankTree {
    private long[] tree = {Rank.NONE, Rank.NONE};
    private int leaves = 1;

    /** How many rows there is room for. */
    int room() {
        return leaves;
    }

    /** Room for so many rows, or more, none of which has a rank. */
    void clear(int rows) {
        while (leaves < rows) {
            leaves *= 2;
        }
        tree = new long[2 * leaves];
        Arrays.fill(tree, Rank.NONE);
    }

    public long of(int row) {
        return tree[leaves + row];
    }

    /** Changes the rank of one row. */
    public void set(int row, long rank) {
        int at = leaves + row;
        tree[at] = rank;
        while (at > 1) {
            at /= 2;
            long next = Math.max(tree[2 * at], tree[2 * at + 1]);
            if (tree[at] == next) {
                return;
            }
            tree[at] = next;
        }
    }

    /** As {@link #set} for one of many rows, after which {@link #settle} must be called. */
    public void put(int row, long rank) {
        tree[leaves + row] = rank;
    }

    void settle() {
        for (int at = leaves - 1; at >= 1; at--) {
            tree[at] = Math.max(tree[2 * at], tree[2 * at + 1]);
        }
    }

    public long best() {
        return tree[1];
    }

    /** The row that holds {@link #best()}. */
    public int bestRow() {
        int at = 1;
        while (at < leaves) {
            at = tree[2 * at] == tree[at] ? 2 * at : 2 * at + 1;
        }
        return at - leaves;
    }
}
