package dev.gantry.scheduler.snapshot.column;

import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of {@link FactRule}s by row, kept up to date as nodes change.
 *
 * <p>Cost: matching a preferred term takes some 100 ns per node; pods of one workload share what
 * was found for the first of them. A column takes four bytes per node, so there are fewer of them
 * in a big cluster.
 */
public final class FactColumns {
    /** Forgetting costs only reckoning anew. */
    private static final int MOST = 256;

    private static final int LEAST = 8;
    private static final int ROWS_IN_ALL = 1 << 21;

    private final Map<FactRule, int[]> columns = new LinkedHashMap<>();

    /** Rows whose node does not exist have any number. */
    public int[] of(FactRule rule, List<NodeView> rows) {
        int[] known = columns.get(rule);
        if (known != null && known.length >= rows.size()) {
            return known;
        }
        if (columns.size() >= Math.clamp(ROWS_IN_ALL / (rows.size() + 1), LEAST, MOST)) {
            columns.clear();
        }
        int[] column = new int[rows.size()];
        for (NodeView node : rows) {
            column[node.row()] = node.exists() ? rule.of(node.facts()) : 0;
        }
        columns.put(rule, column);
        return column;
    }

    /** What the node says of itself has changed. */
    public void changed(NodeView node) {
        if (!node.exists()) {
            return;
        }
        columns.replaceAll(
                (rule, column) -> {
                    int[] wide =
                            node.row() < column.length
                                    ? column
                                    : Arrays.copyOf(column, 2 * node.row() + 1);
                    wide[node.row()] = rule.of(node.facts());
                    return wide;
                });
    }
}
