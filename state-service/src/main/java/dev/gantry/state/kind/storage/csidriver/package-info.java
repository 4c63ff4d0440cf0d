/** CSIDrivers: what a storage driver can do, and what it wants to be told. */
@NullMarked
package dev.gantry.state.kind.storage.csidriver;

import org.jspecify.annotations.NullMarked;
