package dev.gantry.agent.network;

import java.util.SortedSet;

/**
 * Whose addresses are whose, of one family; CIDRs where nothing else is said.
 *
 * @param inside of this node's pods
 * @param cluster of all pods and nodes, this one among them
 * @param services of cluster IPs
 * @param balancers the single addresses of load balancers
 * @param isBridgeFiltered whether packets between pods of the node pass the kernel's IP hooks
 */
public record Ranges(
        SortedSet<String> inside,
        SortedSet<String> cluster,
        SortedSet<String> services,
        SortedSet<String> balancers,
        boolean isBridgeFiltered) {}
