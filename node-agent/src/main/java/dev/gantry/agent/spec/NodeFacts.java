package dev.gantry.agent.spec;

import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.SortedMap;

/**
 * What a pod may learn about the node it runs on.
 *
 * @param ips the primary one first
 * @param allocatable stands in where a container has no limit
 */
public record NodeFacts(
        String name,
        List<String> ips,
        List<String> clusterDns,
        String clusterDomain,
        SortedMap<String, Quantity> allocatable) {}
