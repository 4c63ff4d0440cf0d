/**
 * What a watcher sees of a change: a log event and a selection in, a sighting or nothing out.
 *
 * <p>Invariant: an object that leaves a selection is DELETED for its watcher, one that enters is
 * ADDED; the log's own type counts only for those that stay.
 */
@NullMarked
package dev.gantry.state.frame;

import org.jspecify.annotations.NullMarked;
