package dev.gantry.scheduler.snapshot.column;

import dev.gantry.scheduler.snapshot.node.NodeFacts;

/**
 * A number that follows from what a node says of itself and from nothing else.
 *
 * <p>Invariant: a record, or whatever else is equal to its like: the snapshot keeps its numbers
 * under it.
 */
public interface FactRule {
    int of(NodeFacts node);
}
