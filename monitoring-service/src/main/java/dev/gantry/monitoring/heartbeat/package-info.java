/**
 * Who was heard when, and what silence means.
 *
 * <p>Beats and times in, verdicts of silence out. Decides nothing about nodes.
 *
 * <p>Invariant: while we cannot hear ourselves, nobody is silent.
 */
@NullMarked
package dev.gantry.monitoring.heartbeat;

import org.jspecify.annotations.NullMarked;
