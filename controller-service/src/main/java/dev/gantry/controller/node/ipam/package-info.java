/**
 * Gives every node its ranges of pod addresses.
 *
 * <p>All nodes in; the nodes that get a range out.
 *
 * <p>Invariant: no two nodes have overlapping ranges, and a node keeps its ranges for life. What is
 * taken is read from the nodes themselves, so nothing needs to be remembered over a restart.
 */
@NullMarked
package dev.gantry.controller.node.ipam;

import org.jspecify.annotations.NullMarked;
