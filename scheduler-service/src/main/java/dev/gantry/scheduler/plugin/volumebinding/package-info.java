/**
 * Claims and the volumes for them: a pod, the snapshot's storage and a node in, verdict out; for
 * the chosen node also what has to be written.
 *
 * <p>Concerns only pods that name claims.
 *
 * <p>Invariant: what {@code consequences} writes for a node is what made the node pass.
 */
@NullMarked
package dev.gantry.scheduler.plugin.volumebinding;

import org.jspecify.annotations.NullMarked;
