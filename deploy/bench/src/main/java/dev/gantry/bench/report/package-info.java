/** Samples, medians, and how figures are printed for people and for machines. */
@NullMarked
package dev.gantry.bench.report;

import org.jspecify.annotations.NullMarked;
