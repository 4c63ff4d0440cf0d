package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.relation.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All nodes ranked for pods of one shape, kept up to date by looking only at rows that changed.
 *
 * <p>A tournament tree: leaf i is the rank of row i, every inner node the greater of its two
 * children, so the root is the best rank of all, and a changed row costs the way up.
 *
 * <pre>
 *              9
 *         9         7
 *       4   9     7   -      row 1 wins; hide it, and 7 (row 2) is the runner-up
 * </pre>
 *
 * <p>Cost: O(log n) per changed row and pod instead of O(n) filters and scores per pod.
 */
final class Ranking {
    private static final byte FITS = -1;
    private static final byte ABSENT = -2;

    private final Appraiser appraiser;
    private final int offset;
    private final int[] ruledOut;
    private long[] tree = {Rank.NONE, Rank.NONE};
    private byte[] rejectedBy = {ABSENT};
    private @Nullable Reasons reasons;
    private int leaves = 1;
    private int feasible;
    private long position = -1;

    Ranking(Profile profile, PodShape shape) {
        this.appraiser = new Appraiser(profile, shape);
        this.offset = profile.soleNodePenalty();
        this.ruledOut = new int[appraiser.filters().size()];
    }

    Appraiser appraiser() {
        return appraiser;
    }

    /** Brings every leaf up to date with the snapshot. */
    void follow(ClusterSnapshot snapshot) {
        if (position == snapshot.position()) {
            return;
        }
        boolean hasRoom = position >= 0 && snapshot.rows().size() <= leaves;
        if (!hasRoom || !snapshot.changedSince(position, row -> refresh(snapshot.row(row)))) {
            rebuild(snapshot);
        }
        position = snapshot.position();
    }

    int feasible() {
        return feasible;
    }

    SortedMap<String, Integer> ruledOut() {
        SortedMap<String, Integer> found = new TreeMap<>();
        for (int i = 0; i < ruledOut.length; i++) {
            if (ruledOut[i] > 0) {
                found.merge(appraiser.filters().get(i).name(), ruledOut[i], Integer::sum);
            }
        }
        return found;
    }

    /** Why the nodes are rejected, in words; kept up to date from the first time on. */
    Reasons reasons(ClusterSnapshot snapshot) {
        if (reasons == null) {
            reasons = new Reasons();
            snapshot.rows().forEach(this::explain);
        }
        return reasons;
    }

    /** The rows that pass all filters. */
    Candidates candidates() {
        int[] rows = new int[feasible];
        int found = 0;
        for (int row = 0; row < leaves && found < feasible; row++) {
            if (tree[leaves + row] != Rank.NONE) {
                rows[found++] = row;
            }
        }
        return new Candidates(rows, found);
    }

    /** The rank of one row; {@link Rank#NONE} where it does not fit. */
    long rankOf(int row) {
        return tree[leaves + row];
    }

    long best() {
        return tree[1];
    }

    /** The row that holds {@link #best()}. */
    int bestRow() {
        int at = 1;
        while (at < leaves) {
            at = tree[2 * at] == tree[at] ? 2 * at : 2 * at + 1;
        }
        return at - leaves;
    }

    /** Changes the rank of one row for the moment; the caller puts the old one back. */
    void set(int row, long rank) {
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

    private void refresh(NodeView node) {
        set(node.row(), appraise(node));
    }

    private void rebuild(ClusterSnapshot snapshot) {
        int rows = Math.max(1, snapshot.rows().size());
        leaves =
                Math.max(
                        leaves,
                        Integer.highestOneBit(rows) << (Integer.bitCount(rows) > 1 ? 1 : 0));
        tree = new long[2 * leaves];
        Arrays.fill(tree, Rank.NONE);
        rejectedBy = new byte[leaves];
        Arrays.fill(rejectedBy, ABSENT);
        Arrays.fill(ruledOut, 0);
        feasible = 0;
        reasons = null;
        for (NodeView node : snapshot.rows()) {
            tree[leaves + node.row()] = appraise(node);
        }
        for (int at = leaves - 1; at >= 1; at--) {
            tree[at] = Math.max(tree[2 * at], tree[2 * at + 1]);
        }
    }

    /** The node's rank now; also moves it between the counts. */
    private long appraise(NodeView node) {
        count(rejectedBy[node.row()], -1);
        byte verdict = node.exists() ? (byte) appraiser.rejectingFilter(node) : ABSENT;
        rejectedBy[node.row()] = verdict;
        count(verdict, 1);
        explain(node);
        return verdict == FITS ? Rank.of(appraiser.score(node) + offset, node) : Rank.NONE;
    }

    private void explain(NodeView node) {
        if (reasons != null) {
            byte verdict = rejectedBy[node.row()];
            reasons.set(node.row(), verdict >= 0 ? appraiser.rejection(verdict, node) : null);
        }
    }

    private void count(byte verdict, int change) {
        if (verdict == FITS) {
            feasible += change;
        } else if (verdict >= 0) {
            ruledOut[verdict] += change;
        }
    }
}
