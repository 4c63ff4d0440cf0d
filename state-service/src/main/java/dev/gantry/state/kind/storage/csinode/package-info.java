/** CSINodes: which storage drivers run on a node. */
@NullMarked
package dev.gantry.state.kind.storage.csinode;

import org.jspecify.annotations.NullMarked;
