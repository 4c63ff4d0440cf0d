/**
 * Makes a machine a node of a cluster: finds the cluster, gets the node's first certificate, and
 * writes the settings with which the agent is started.
 *
 * <p>A process of its own that ends when this is done. Each step can be repeated; until the token
 * and the hash have proved to be right, nothing is written.
 */
@NullMarked
package dev.gantry.agent.shell.join;

import org.jspecify.annotations.NullMarked;
