/**
 * Why a placement is as it is: verdicts on nodes in, counts of reasons and names of nodes out,
 * small enough to be kept on the pod. Decides nothing.
 */
@NullMarked
package dev.gantry.scheduler.placement.explain;

import org.jspecify.annotations.NullMarked;
