/** The kinds of storage drivers: CSIDriver, CSINode, CSIStorageCapacity. */
@NullMarked
package dev.gantry.state.strategy.csi;

import org.jspecify.annotations.NullMarked;
