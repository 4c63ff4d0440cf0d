/**
 * What the scheduler knows of storage: volumes, claims, classes, and what nodes and drivers can
 * take.
 *
 * <p>Objects in, facts out; {@link dev.gantry.scheduler.snapshot.volume.VolumeBook} holds them
 * together with what placements have reserved and the feed does not show yet.
 *
 * <p>Invariant: a volume that is reserved counts as bound to that claim. Decides nothing.
 */
@NullMarked
package dev.gantry.scheduler.snapshot.volume;

import org.jspecify.annotations.NullMarked;
