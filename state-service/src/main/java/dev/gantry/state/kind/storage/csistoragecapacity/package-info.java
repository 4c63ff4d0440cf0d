/** CSIStorageCapacities: how much storage is left where. */
@NullMarked
package dev.gantry.state.kind.storage.csistoragecapacity;

import org.jspecify.annotations.NullMarked;
