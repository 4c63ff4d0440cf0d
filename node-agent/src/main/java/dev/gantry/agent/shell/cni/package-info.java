/**
 * The node's pod network: kernel settings, CNI configuration, routes to other nodes' pods.
 *
 * <p>Hears nodes, writes files, runs {@code ip}. What shall be written is decided in {@link
 * dev.gantry.agent.network}.
 */
@NullMarked
package dev.gantry.agent.shell.cni;

import org.jspecify.annotations.NullMarked;
