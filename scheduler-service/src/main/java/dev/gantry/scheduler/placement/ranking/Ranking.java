package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.placement.explain.Reasons;
import dev.gantry.scheduler.placement.explain.RuledOut;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.Candidates;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All nodes ranked for pods of one signature, kept up to date by looking only at rows that changed.
 *
 * <p>Preferences that follow from single nodes are part of a rank. Where the {@link Scale} of one
 * changes, the nodes with points are ranked anew.
 *
 * <p>Cost: O(log n) per changed row and pod instead of O(n) filters and scores per pod.
 */
public final class Ranking implements RankedNodes {
    private static final byte FITS = -1;
    private static final byte ABSENT = -2;

    private final NodeEvaluator evaluator;
    private final PodSignature signature;
    private final int offset;
    private final List<Scale> allScales;
    private final RejectedNodes rejectedNodes;
    private List<Scale> scales = List.of();
    private final RankTree ranks = new RankTree();
    private byte[] rejectedBy = {ABSENT};
    private @Nullable Reasons reasons;
    private int feasible;
    private long position = -1;
    private long upheavals;

    Ranking(Profile profile, PodSignature signature) {
        this.evaluator = new NodeEvaluator(profile, signature);
        this.signature = signature;
        this.offset = profile.soleNodePenalty();
        this.allScales = Scale.of(profile, signature);
        this.rejectedNodes = new RejectedNodes(evaluator.filters());
    }

    public NodeEvaluator evaluator() {
        return evaluator;
    }

    /** Brings every leaf up to date with the snapshot. */
    void follow(ClusterSnapshot snapshot) {
        if (position == snapshot.position()) {
            return;
        }
        boolean hasRoom = position >= 0 && snapshot.rows().size() <= ranks.room();
        boolean isScaled = areScalesAsBefore(snapshot);
        if (hasRoom
                && isScaled
                && snapshot.changedSince(position, row -> judge(snapshot.row(row)))) {
            if (settleScales()) {
                rescale();
            }
            snapshot.changedSince(position, row -> ranks.set(row, rank(snapshot.row(row))));
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
            if (each.preference().concerns(signature, snapshot)) {
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

    public int feasible() {
        return feasible;
    }

    /** Which nodes are rejected, by the rule that does; only to be read. */
    public SortedMap<String, RuledOut> ruledOut(ClusterSnapshot snapshot) {
        return rejectedNodes.told(snapshot, rejectedBy);
    }

    /** Why the nodes are rejected, in words; kept up to date from the first time on. */
    public Reasons reasons(ClusterSnapshot snapshot) {
        if (reasons == null) {
            reasons = new Reasons();
            snapshot.rows().forEach(this::explain);
        }
        return reasons;
    }

    /** The rows that pass all filters. */
    public Candidates candidates() {
        int[] rows = new int[feasible];
        int found = 0;
        for (int row = 0; row < ranks.room() && found < feasible; row++) {
            if (ranks.of(row) != Rank.NONE) {
                rows[found++] = row;
            }
        }
        return new Candidates(rows, found);
    }

    @Override
    public RankTree ranks() {
        return ranks;
    }

    /** How often ranks have changed beyond those of the rows that the snapshot's log names. */
    long upheavals() {
        return upheavals;
    }

    /** The rank of one row, which fits, without what preferences give it. */
    public long rankAlone(int row) {
        return Rank.plus(ranks.of(row), -preferred(row));
    }

    @Override
    public int[] preferenceScores(int row) {
        int[] found = new int[scales.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = scales.get(i).score(row);
        }
        return found;
    }

    private void rebuild(ClusterSnapshot snapshot) {
        upheavals++;
        ranks.clear(snapshot.rows().size());
        rejectedBy = new byte[ranks.room()];
        Arrays.fill(rejectedBy, ABSENT);
        rejectedNodes.clear();
        feasible = 0;
        reasons = null;
        scales =
                allScales.stream()
                        .filter(each -> each.preference().concerns(signature, snapshot))
                        .toList();
        scales.forEach(each -> each.clear(ranks.room()));
        snapshot.rows().forEach(this::judge);
        settleScales();
        for (NodeView node : snapshot.rows()) {
            ranks.put(node.row(), rank(node));
        }
        ranks.settle();
    }

    /** Rows that were just judged are ranked anew after this. */
    private void rescale() {
        upheavals++;
        for (int row = 0; row < ranks.room(); row++) {
            if (ranks.of(row) != Rank.NONE && rejectedBy[row] == FITS) {
                int gain = 0;
                for (Scale each : scales) {
                    gain += each.gain(row);
                }
                ranks.put(row, Rank.plus(ranks.of(row), gain));
            }
        }
        ranks.settle();
    }

    /** Moves the node from one filter to another. */
    private void judge(NodeView node) {
        byte before = rejectedBy[node.row()];
        byte verdict = node.exists() ? (byte) evaluator.rejectingFilter(node) : ABSENT;
        rejectedBy[node.row()] = verdict;
        feasible += (verdict == FITS ? 1 : 0) - (before == FITS ? 1 : 0);
        rejectedNodes.moved(node.row(), before, verdict);
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
                ? Rank.of(evaluator.score(node) + offset + preferred(row), node)
                : Rank.NONE;
    }

    private int preferred(int row) {
        int sum = 0;
        for (Scale each : scales) {
            sum += each.weighed(row);
        }
        return sum;
    }

    private void explain(NodeView node) {
        if (reasons != null) {
            byte verdict = rejectedBy[node.row()];
            reasons.set(node.row(), verdict >= 0 ? evaluator.rejection(verdict, node) : null);
        }
    }
}
