/**
 * Asks containers: commands inside, HTTP, TCP and gRPC health, from the node's own network.
 *
 * <p>Each question has a limit. What the answers mean is decided by the pure probe package.
 */
@NullMarked
package dev.gantry.agent.shell.probe;

import org.jspecify.annotations.NullMarked;
