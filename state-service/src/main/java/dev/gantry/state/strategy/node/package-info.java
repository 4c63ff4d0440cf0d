/** Nodes: taints, ranges of pod addresses, amounts of resources. */
@NullMarked
package dev.gantry.state.strategy.node;

import org.jspecify.annotations.NullMarked;
