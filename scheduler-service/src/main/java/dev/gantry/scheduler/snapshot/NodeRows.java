package dev.gantry.scheduler.snapshot;

import dev.gantry.scheduler.snapshot.column.FactColumns;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.column.Images;
import dev.gantry.scheduler.snapshot.node.NodeColumns;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeOrder;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nodes by row and by name, and what follows from what they say of themselves.
 *
 * <p>A node that pods stand on has a row whether it exists or not. A row that nobody needs is given
 * to the next node that comes, so that columns stay dense.
 */
final class NodeRows {
    private final NodeColumns columns = new NodeColumns();
    private final List<NodeView> rows = new ArrayList<>();
    private final Map<String, NodeView> byName = new HashMap<>();
    private final Deque<Integer> freeRows = new ArrayDeque<>();
    private final Images images = new Images();
    private final FactColumns factColumns = new FactColumns();
    private NodeOrder order = NodeOrder.NONE;
    private boolean isInOrder;
    private int existing;
    private int softlyTainted;

    /** Always the same list; only to be read. */
    List<NodeView> all() {
        return rows;
    }

    /** Null where no row has this name. The node need not exist. */
    @Nullable NodeView find(String name) {
        return byName.get(name);
    }

    Optional<NodeView> existing(String name) {
        NodeView view = byName.get(name);
        return view == null || !view.exists() ? Optional.empty() : Optional.of(view);
    }

    /** The row of this name, made if it is new. */
    NodeView of(String name) {
        NodeView known = byName.get(name);
        if (known != null) {
            return known;
        }
        Integer reused = freeRows.poll();
        int row = reused == null ? rows.size() : reused;
        columns.ensure(row + 1);
        var view = new NodeView(columns, row, name);
        if (reused == null) {
            rows.add(view);
        } else {
            rows.set(row, view);
        }
        byName.put(name, view);
        return view;
    }

    /** What the node says of itself from now on; null where it is no more. */
    void become(NodeView view, @Nullable NodeFacts next) {
        @Nullable NodeFacts before = view.exists() ? view.facts() : null;
        images.changed(view.row(), before, next);
        view.become(next);
        factColumns.changed(view);
        isInOrder &= (before == null) == (next == null);
        existing += count(next != null) - count(before != null);
        softlyTainted += count(isSoftlyTainted(next)) - count(isSoftlyTainted(before));
    }

    void freeIfUnused(NodeView view) {
        if (!view.exists() && view.pods() == 0) {
            byName.remove(view.name());
            freeRows.add(view.row());
        }
    }

    int existing() {
        return existing;
    }

    NodeOrder order() {
        if (!isInOrder) {
            order = order.next(rows);
            isInOrder = true;
        }
        return order;
    }

    Images images() {
        return images;
    }

    int[] column(FactRule rule) {
        return factColumns.of(rule, rows);
    }

    boolean hasSoftTaints() {
        return softlyTainted > 0;
    }

    private static boolean isSoftlyTainted(@Nullable NodeFacts node) {
        return node != null && node.hasSoftTaint();
    }

    private static int count(boolean isOne) {
        return isOne ? 1 : 0;
    }
}
