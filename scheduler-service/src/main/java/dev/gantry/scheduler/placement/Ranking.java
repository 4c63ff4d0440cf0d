package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.relation.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
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
 * <p>Preferences that follow from single nodes are part of a rank. Where the {@link Scale} of one
 * changes, the nodes with points are ranked anew.
 *
 * <p>Cost: O(log n) per changed row and pod instead of O(n) filters and scores per pod.
 */
final class Ranking {
    private static final byte FITS = -1;
    private static final byte ABSENT = -2;

    private final Appraiser appraiser;
    private final PodShape shape;
    private final int offset;
    private final List<Scale> allScales;
    private final Dropouts dropouts;
    private List<Scale> scales = List.of();
    private long[] tree = {Rank.NONE, Rank.NONE};
    private byte[] rejectedBy = {ABSENT};
    private @Nullable Reasons reasons;
    private int leaves = 1;
    private int feasible;
    private long position = -1;

    Ranking(Profile profile, PodShape shape) {
        this.appraiser = new Appraiser(profile, shape);
        this.shape = shape;
        this.offset = profile.soleNodePenalty();
        this.allScales = Scale.of(profile, shape);
        this.dropouts = new Dropouts(appraiser.filters());
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
        boolean isScaled = areScalesAsBefore(snapshot);
        if (hasRoom
                && isScaled
                && snapshot.changedSince(position, row -> judge(snapshot.row(row)))) {
            if (settleScales()) {
                rescale();
            }
            snapshot.changedSince(position, row -> set(row, rank(snapshot.row(row))));
        } else {
            rebuild(snapshot);
        }
        position = snapshot.position();
    }

    /** Which preferences matter may change with the nodes. */
    private boolean areScalesAsBefore(ClusterSnapshot snapshot) {
        int matching = 0;
        int wanted = 0;
        for (Scale each : allScales) {
            if (each.preference().concerns(shape, snapshot)) {
                boolean isSame = wanted < scales.size() && scales.get(wanted) == each;
                matching += isSame ? 1 : 0;
                wanted++;
            }
        }
        return matching == wanted && wanted == scales.size();
    }

    /** Returns whether ranks have changed other than those of nodes that were just judged. */
    private boolean settleScales() {
        boolean isOther = false;
        for (Scale each : scales) {
            isOther |= each.settle();
        }
        return isOther;
    }

    int feasible() {
        return feasible;
    }

    /** Which nodes are rejected, by the rule that does; only to be read. */
    SortedMap<String, RuledOut> ruledOut(ClusterSnapshot snapshot) {
        return dropouts.told(snapshot, rejectedBy);
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

    /** The rank of one row, which fits, without what preferences give it. */
    long rankAlone(int row) {
        return Rank.plus(tree[leaves + row], -wished(row));
    }

    /** What each of the preferences that concern such pods gives the row, which fits. */
    int[] wishes(int row) {
        int[] found = new int[scales.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = scales.get(i).score(row);
        }
        return found;
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
        dropouts.clear();
        feasible = 0;
        reasons = null;
        scales =
                allScales.stream()
                        .filter(each -> each.preference().concerns(shape, snapshot))
                        .toList();
        scales.forEach(each -> each.clear(leaves));
        snapshot.rows().forEach(this::judge);
        settleScales();
        for (NodeView node : snapshot.rows()) {
            tree[leaves + node.row()] = rank(node);
        }
        rankParents();
    }

    /** Rows that were just judged are ranked anew after this. */
    private void rescale() {
        for (int row = 0; row < leaves; row++) {
            if (tree[leaves + row] != Rank.NONE && rejectedBy[row] == FITS) {
                int gain = 0;
                for (Scale each : scales) {
                    gain += each.gain(row);
                }
                tree[leaves + row] = Rank.plus(tree[leaves + row], gain);
            }
        }
        rankParents();
    }

    private void rankParents() {
        for (int at = leaves - 1; at >= 1; at--) {
            tree[at] = Math.max(tree[2 * at], tree[2 * at + 1]);
        }
    }

    /** Moves the node from one filter to another. */
    private void judge(NodeView node) {
        byte before = rejectedBy[node.row()];
        byte verdict = node.exists() ? (byte) appraiser.rejectingFilter(node) : ABSENT;
        rejectedBy[node.row()] = verdict;
        feasible += (verdict == FITS ? 1 : 0) - (before == FITS ? 1 : 0);
        dropouts.moved(node.row(), before, verdict);
        explain(node);
        for (Scale each : scales) {
            if (verdict == FITS) {
                each.fit(node);
            } else {
                each.unfit(node.row());
            }
        }
    }

    /** The rank of a node that was judged. */
    private long rank(NodeView node) {
        int row = node.row();
        return rejectedBy[row] == FITS
                ? Rank.of(appraiser.score(node) + offset + wished(row), node)
                : Rank.NONE;
    }

    private int wished(int row) {
        int sum = 0;
        for (Scale each : scales) {
            sum += each.weighed(row);
        }
        return sum;
    }

    private void explain(NodeView node) {
        if (reasons != null) {
            byte verdict = rejectedBy[node.row()];
            reasons.set(node.row(), verdict >= 0 ? appraiser.rejection(verdict, node) : null);
        }
    }
}
