/**
 * Rules about volumes: a pod, the snapshot's storage and a node in, verdict out; for the chosen
 * node also what has to be written.
 *
 * <p>They concern only pods that name volumes. Words of a rejection are upstream's.
 *
 * <p>Invariant: what {@code consequences} writes for a node is what made the node pass.
 */
@NullMarked
package dev.gantry.scheduler.placement.volume;

import org.jspecify.annotations.NullMarked;
