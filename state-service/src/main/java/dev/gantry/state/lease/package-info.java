/**
 * What is written behind: the memory-first objects that changed since they were last written.
 *
 * <p>Changes in, what is to be written out. Invariant: a memory-first object is never in the log.
 */
@NullMarked
package dev.gantry.state.lease;

import org.jspecify.annotations.NullMarked;
