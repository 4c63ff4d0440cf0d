/**
 * All nodes in order of merit for pods of one signature, kept up to date row by row.
 *
 * <p>Invariant: a ranking that has followed a snapshot says of each row what the profile's rules
 * would say if they were asked now.
 *
 * <p>Cost: what makes placement fast; see {@link dev.gantry.scheduler.placement.ranking.Ranking}.
 * Does not know rules about other pods.
 */
@NullMarked
package dev.gantry.scheduler.placement.ranking;

import org.jspecify.annotations.NullMarked;
