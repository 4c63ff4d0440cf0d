/**
 * The rule about device claims, and the allocator behind it: claims, slices and a node in; devices
 * for every claim, or why there are none, out.
 *
 * <p>Invariant: an allocation takes no device, portion or counter that is taken already. The search
 * is exhaustive up to a number of steps, and finds the same devices each time.
 *
 * <p>Does not score devices: the first solution is taken, in the order of pools, slices and
 * devices.
 */
@NullMarked
package dev.gantry.scheduler.plugin.dynamicresources;

import org.jspecify.annotations.NullMarked;
