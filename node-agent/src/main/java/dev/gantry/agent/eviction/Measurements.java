package dev.gantry.agent.eviction;

import java.util.List;

/**
 * What a node has left, and what its pods use of it.
 *
 * @param memoryTotalBytes of the node, as far as pods may use it
 */
public record Measurements(
        long memoryTotalBytes,
        long memoryAvailableBytes,
        long diskTotalBytes,
        long diskAvailableBytes,
        List<PodUsage> pods) {
    /** What one pod uses against what it asked for. */
    public record PodUsage(
            String uid,
            String name,
            int priority,
            long memoryBytes,
            long memoryRequestBytes,
            long diskBytes,
            boolean isCritical) {}
}
