/**
 * What the kernel of a node shall do with packets.
 *
 * <p>Services × EndpointSlices × node → frontends and the endpoints behind them → an nftables
 * ruleset, or the difference between two of them, as a script. The same → which addresses of load
 * balancers the node answers for, and what it says on health-check ports. Nodes → routes to their
 * pods. Pod CIDRs → the CNI configuration.
 *
 * <p>Invariants: a frontend without an eligible endpoint is refused, never left to time out; the
 * same view gives the same script. Runs nothing, watches nothing, knows no sockets.
 */
@NullMarked
package dev.gantry.agent.network;

import org.jspecify.annotations.NullMarked;
