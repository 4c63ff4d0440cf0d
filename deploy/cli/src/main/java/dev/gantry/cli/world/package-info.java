/**
 * The cluster as the API tells it, and the scheduler's own snapshot of it to try things on.
 *
 * <p>Objects in; placements and objections of nodes out. Everything is asked of the scheduler's own
 * rules, nothing is decided here a second time.
 *
 * <p>Invariant: a trial leaves the sandbox as it was.
 */
@NullMarked
package dev.gantry.cli.world;

import org.jspecify.annotations.NullMarked;
