/**
 * The recent events of one resource: what a watcher can still be told.
 *
 * <p>Events in, runs of events out, by position. Invariant: all events after {@link
 * dev.gantry.state.watch.WatchWindow#floor()} are in the window; older ones are in the log or gone.
 * Waiting is the shell's matter.
 */
@NullMarked
package dev.gantry.state.watch;

import org.jspecify.annotations.NullMarked;
