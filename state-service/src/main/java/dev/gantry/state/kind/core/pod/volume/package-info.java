/**
 * The rules of a pod's volumes: one class for the list, the others for sources. Sources that
 * persistent volumes have as well are judged for them too.
 *
 * <p>Compat: {@code ValidateVolumes} and what it calls.
 */
@NullMarked
package dev.gantry.state.kind.core.pod.volume;

import org.jspecify.annotations.NullMarked;
