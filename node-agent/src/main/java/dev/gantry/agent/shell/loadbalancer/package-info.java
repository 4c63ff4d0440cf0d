/**
 * What a node does for load balancers besides the packets themselves: takes their addresses, and
 * says on health-check ports whether it has endpoints.
 *
 * <p>Hears what the node is to have, and sees to it. Decides nothing; see {@link
 * dev.gantry.agent.network.Announcement} and {@link dev.gantry.agent.network.HealthCheck}.
 */
@NullMarked
package dev.gantry.agent.shell.loadbalancer;

import org.jspecify.annotations.NullMarked;
