package dev.gantry.scheduler.placement.explain;

import dev.gantry.scheduler.snapshot.node.NodeOrder;
import java.util.BitSet;

/**
 * The nodes that one rule was the first to reject.
 *
 * @param which their names, of many only some; empty where no node was looked at
 */
public record RuledOut(int nodes, String which) {
    /** A name has some ten characters, and its number, where others differ by that alone, four. */
    private static final int LENGTH = 80;

    public static RuledOut of(BitSet places, NodeOrder order) {
        return new RuledOut(places.cardinality(), order.tell(places, LENGTH));
    }
}
