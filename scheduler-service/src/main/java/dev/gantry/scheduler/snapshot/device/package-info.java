/**
 * What the scheduler knows of devices: classes, slices, claims, and which devices are taken.
 *
 * <p>Objects in, facts out; {@link dev.gantry.scheduler.snapshot.device.DeviceBook} holds them
 * together with the allocations that placements have made and the feed does not tell yet.
 *
 * <p>Invariant: a device of such an allocation counts as taken. Decides nothing.
 */
@NullMarked
package dev.gantry.scheduler.snapshot.device;

import org.jspecify.annotations.NullMarked;
