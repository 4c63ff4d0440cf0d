/**
 * The runtime's streaming server, spoken to over SPDY.
 *
 * <p>Opens streams on one connection and carries bytes; knows nothing of pods or of clients.
 */
@NullMarked
package dev.gantry.agent.shell.spdy;

import org.jspecify.annotations.NullMarked;
