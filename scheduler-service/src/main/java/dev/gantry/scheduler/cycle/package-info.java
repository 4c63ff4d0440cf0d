/**
 * The scheduler as one step function: inputs in, bindings out.
 *
 * <p>Holds the snapshot, the queue, and the pods that are assumed to be where we sent them until
 * the feed says so.
 *
 * <p>Invariant: a pod takes space on at most one node; an assumed pod is never tried again before
 * its binding was refused.
 *
 * <p>Sends nothing and reads no clock.
 */
@NullMarked
package dev.gantry.scheduler.cycle;

import org.jspecify.annotations.NullMarked;
