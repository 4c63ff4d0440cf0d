/**
 * Rules that look at more than one node: a pod and the whole snapshot in, a judge of single nodes
 * out.
 *
 * <p>Asked only about nodes that pass all filters; the words of a rejection are upstream's.
 */
@NullMarked
package dev.gantry.scheduler.placement.relation;

import org.jspecify.annotations.NullMarked;
