/**
 * Rules that prefer some nodes, one class each: shape and node in, 0 to MAX out.
 *
 * <p>Each looks at one node alone, so a score stays right until that node changes.
 *
 * <p>Compat: upstream rescales some scores by the best node; here the scale is fixed, which keeps
 * the order of nodes.
 */
@NullMarked
package dev.gantry.scheduler.placement.score;

import org.jspecify.annotations.NullMarked;
