/**
 * Where a pod goes, and why: a pod and a snapshot in, a placement with its explanation out.
 *
 * <p>{@link dev.gantry.scheduler.placement.Scheduler} is the readable reference; {@link
 * dev.gantry.scheduler.placement.RankedScheduler} is its fast twin and gives the same answers.
 *
 * <p>Invariant: the same snapshot gives the same placement, whatever order its nodes came in.
 *
 * <p>Changes nothing: the caller puts the pod into the snapshot.
 */
@NullMarked
package dev.gantry.scheduler.placement;

import org.jspecify.annotations.NullMarked;
