/**
 * The node's name server: packets in, packets out, and the way to the servers upstream.
 *
 * <p>What names mean is decided in {@link dev.gantry.agent.dns}.
 */
@NullMarked
package dev.gantry.agent.shell.dns;

import org.jspecify.annotations.NullMarked;
