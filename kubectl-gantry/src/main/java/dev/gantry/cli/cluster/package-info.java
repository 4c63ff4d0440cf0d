/**
 * The cluster as the API tells it, and the scheduler's own snapshot of it to try things on.
 *
 * <p>Objects in; placements and rejections of nodes out. Everything is asked of the scheduler's own
 * rules, nothing is decided here a second time.
 *
 * <p>Invariant: a trial leaves the what-if cluster as it was.
 */
@NullMarked
package dev.gantry.cli.cluster;

import org.jspecify.annotations.NullMarked;
