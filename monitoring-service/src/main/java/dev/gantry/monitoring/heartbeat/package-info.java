/**
 * Which node was heard when, and what silence means.
 *
 * <p>Beats and times in, verdicts of silence out. Decides nothing about nodes.
 *
 * <p>Invariants: while the echo stays away, no node is silent; and what silences most nodes at once
 * is taken for a fault of this process before it makes the first of them silent.
 */
@NullMarked
package dev.gantry.monitoring.heartbeat;

import org.jspecify.annotations.NullMarked;
