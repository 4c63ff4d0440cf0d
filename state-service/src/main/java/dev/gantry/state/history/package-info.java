/**
 * The cluster as it was: objects and listings as of a revision or a time.
 *
 * <p>A moment in, its revision out, and with that the objects of then. Values of Secrets are masked
 * here always. Invariant: what is no longer known is said to be forgotten, never answered wrongly.
 */
@NullMarked
package dev.gantry.state.history;

import org.jspecify.annotations.NullMarked;
