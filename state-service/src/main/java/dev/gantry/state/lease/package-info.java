/**
 * What is kept how: most in the log, Events for some days, Leases in memory first.
 *
 * <p>A resource in, its keeping out. Invariant: a memory-first object is never in the log.
 */
@NullMarked
package dev.gantry.state.lease;

import org.jspecify.annotations.NullMarked;
