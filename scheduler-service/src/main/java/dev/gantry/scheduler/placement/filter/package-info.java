/**
 * Rules that a node must pass, one class each: shape and node in, verdict out.
 *
 * <p>Each looks at one node alone; the words of a rejection are upstream's.
 */
@NullMarked
package dev.gantry.scheduler.placement.filter;

import org.jspecify.annotations.NullMarked;
