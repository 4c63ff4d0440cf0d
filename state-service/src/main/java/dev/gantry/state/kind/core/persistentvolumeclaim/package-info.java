/** PersistentVolumeClaims: what is asked for, and what may still change once it is bound. */
@NullMarked
package dev.gantry.state.kind.core.persistentvolumeclaim;

import org.jspecify.annotations.NullMarked;
