/** PersistentVolumes: a source that never changes, and the claim it is bound to. */
@NullMarked
package dev.gantry.state.kind.core.persistentvolume;

import org.jspecify.annotations.NullMarked;
