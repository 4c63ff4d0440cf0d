/**
 * The current objects: encoded bytes, what selectors look at beside them, and indexes.
 *
 * <p>Memory is a value. A commit makes the next one, which shares all that did not change with the
 * one before; a reader keeps the value that it took and is never disturbed.
 *
 * <p>Invariant: {@link dev.gantry.state.memory.Memory#revision()} is that of the last change in it.
 */
@NullMarked
package dev.gantry.state.memory;

import org.jspecify.annotations.NullMarked;
