package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.placement.profile.Profile.WeightedPreference;
import dev.gantry.scheduler.plugin.ScaledPreference;
import dev.gantry.scheduler.plugin.Share;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * What one scaled preference gives the nodes that pass all filters: the points of each, and the
 * most that one of them has.
 *
 * <p>Example: nodes with 2, 1 and 0 soft taints that it does not tolerate get 0, 50 and 100. When
 * the first is full the most is 1, and the second gets 0 as well: those with points are told anew.
 * Nodes without points get the same whatever the most is, and mostly that is all of them.
 */
final class Scale {
    private static final int UNFIT = -1;

    private final ScaledPreference preference;
    private final int weight;
    private final FactRule rule;
    private final Share share;
    private final TreeMap<Integer, Integer> nodesByPoints = new TreeMap<>();
    private int[] points = {};
    private int most;
    private int mostBefore;

    private Scale(ScaledPreference preference, int weight, PodSignature signature) {
        this.preference = preference;
        this.weight = weight;
        this.rule = preference.points(signature);
        this.share = preference.share();
    }

    /** Those of a profile, in its order. */
    static List<Scale> of(Profile profile, PodSignature signature) {
        List<Scale> found = new ArrayList<>(2);
        for (WeightedPreference each : profile.preferences()) {
            if (each.weight() > 0 && each.preference() instanceof ScaledPreference scaled) {
                found.add(new Scale(scaled, each.weight(), signature));
            }
        }
        return found;
    }

    ScaledPreference preference() {
        return preference;
    }

    /** No node fits, for the moment. */
    void clear(int rows) {
        points = new int[rows];
        Arrays.fill(points, UNFIT);
        nodesByPoints.clear();
        most = 0;
    }

    void unfit(int row) {
        put(row, UNFIT);
    }

    void fit(NodeView node) {
        put(node.row(), rule.of(node.facts()));
    }

    private void put(int row, int now) {
        int before = points[row];
        if (before == now) {
            return;
        }
        points[row] = now;
        if (before != UNFIT) {
            nodesByPoints.merge(before, -1, (one, other) -> one + other == 0 ? null : one + other);
        }
        if (now != UNFIT) {
            nodesByPoints.merge(now, 1, Integer::sum);
        }
    }

    /**
     * From now on the most is what it should be. Returns whether nodes get something else by it
     * other than those that were just put: not where none of them had points, nor where none has.
     */
    boolean settle() {
        mostBefore = most;
        most = nodesByPoints.isEmpty() ? 0 : nodesByPoints.lastKey();
        return most != mostBefore && most > 0 && mostBefore > 0;
    }

    /** By how much more the row, which fits, gets since the most was last settled. */
    int gain(int row) {
        int own = points[row];
        return own <= 0 ? 0 : weight * (share.of(own, most) - share.of(own, mostBefore));
    }

    /** What the node on this row, which fits, gets. */
    int score(int row) {
        return share.of(points[row], most);
    }

    int weighed(int row) {
        return weight * score(row);
    }
}
