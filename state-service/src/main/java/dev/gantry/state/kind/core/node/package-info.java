/** Nodes: taints, ranges of pod addresses, amounts of resources. */
@NullMarked
package dev.gantry.state.kind.core.node;

import org.jspecify.annotations.NullMarked;
