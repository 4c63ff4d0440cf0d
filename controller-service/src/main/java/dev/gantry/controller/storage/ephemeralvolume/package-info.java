/**
 * Makes the claim behind a pod's generic ephemeral volume.
 *
 * <p>A pod and the claims of its volumes' names in; claims that it owns out, so that they go when
 * it does. A claim of that name that belongs to somebody else is never used.
 *
 * <p>Compat: pkg/controller/volume/ephemeral.
 */
@NullMarked
package dev.gantry.controller.storage.ephemeralvolume;

import org.jspecify.annotations.NullMarked;
