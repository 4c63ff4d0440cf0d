package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Points that mean something only beside those of the other nodes that are left: the most that one
 * of them has is the whole scale.
 *
 * <p>Example: nodes with 10, 5 and 0 points get 100, 50 and 0; where points are bad, 0, 50 and 100.
 *
 * <p>Compat: {@code helper.DefaultNormalizeScore}.
 */
public enum Share {
    GOOD,
    BAD;

    /**
     * @param most that any of the nodes has which are left
     */
    public int of(int points, int most) {
        int share = most == 0 ? 0 : (int) ((long) Preference.MAX * points / most);
        return this == GOOD ? share : Preference.MAX - share;
    }

    /** The reference. */
    ToIntFunction<NodeView> among(List<NodeView> left, FactRule points) {
        int most = left.stream().mapToInt(each -> points.of(each.facts())).max().orElse(0);
        return node -> of(points.of(node.facts()), most);
    }

    /**
     * @param points by row
     */
    int[] among(Candidates left, int[] points) {
        int[] rows = left.rows();
        int most = 0;
        for (int i = 0; i < left.size(); i++) {
            most = Math.max(most, points[rows[i]]);
        }
        int[] shares = new int[left.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = of(points[rows[i]], most);
        }
        return shares;
    }
}
