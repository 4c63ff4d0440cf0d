/**
 * A pod as placement sees it: how much it asks for, where it wants to run and beside which pods,
 * what it tolerates, and whether it may be moved.
 *
 * <p>Objects in, values out. Invariant: none of them changes, so snapshots and threads share them.
 *
 * <p>Does not know any node; what stands where is the snapshot's.
 */
@NullMarked
package dev.gantry.scheduler.snapshot.pod;

import org.jspecify.annotations.NullMarked;
