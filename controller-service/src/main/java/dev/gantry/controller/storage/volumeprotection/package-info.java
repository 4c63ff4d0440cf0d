/**
 * Keeps volumes that are bound, claims that pods use, and classes that either names from vanishing
 * under them.
 *
 * <p>An object and whether it is in use in; its finalizer added or removed out. Invariant: the
 * finalizer of something that is in use is never taken away; what seems unused is looked up once
 * more before.
 *
 * <p>Compat: pkg/controller/volume/pvprotection, pvcprotection and vacprotection.
 */
@NullMarked
package dev.gantry.controller.storage.volumeprotection;

import org.jspecify.annotations.NullMarked;
