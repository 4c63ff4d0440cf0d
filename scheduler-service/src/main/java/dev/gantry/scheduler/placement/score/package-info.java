/**
 * Rules that prefer some nodes, one class each: shape and node in, 0 to MAX out.
 *
 * <p>Each looks at one node alone, so a score stays right until that node changes.
 *
 * <p>Deliberately absent: scores that upstream rescales by the best node; they are preferences.
 */
@NullMarked
package dev.gantry.scheduler.placement.score;

import org.jspecify.annotations.NullMarked;
