/**
 * Keeps what others use from vanishing under them, by a finalizer: volumes, claims and classes of
 * volumes, and groups of pods.
 *
 * <p>An object and whether it is in use in; its finalizer added or removed out. Invariant: the
 * finalizer of something that is in use is never taken away; what seems unused is looked up once
 * more before.
 */
@NullMarked
package dev.gantry.controller.lifecycle.protection;

import org.jspecify.annotations.NullMarked;
