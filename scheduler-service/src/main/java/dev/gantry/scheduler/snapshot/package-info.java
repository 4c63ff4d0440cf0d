/**
 * The cluster as placement sees it: nodes as columns, pods as what they ask for.
 *
 * <p>Objects in, columns out. One thread owns a snapshot and may change it; {@link
 * dev.gantry.scheduler.snapshot.ClusterSnapshot#copy()} gives another owner its own.
 *
 * <p>Invariant: free = allocatable - the sum over all pods that are on the node or assumed there.
 *
 * <p>Decides nothing.
 */
@NullMarked
package dev.gantry.scheduler.snapshot;

import org.jspecify.annotations.NullMarked;
