/**
 * Whether a container lives, is ready, and has started: thresholds and delays over probe outcomes.
 *
 * <p>Settings and outcomes in, states out; a state is a value that the shell keeps and hands back.
 * Asking the container is the shell's business.
 */
@NullMarked
package dev.gantry.agent.probe;

import org.jspecify.annotations.NullMarked;
