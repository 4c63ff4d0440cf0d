package dev.gantry.agent.eviction;

import dev.gantry.model.quantity.Quantity;
import java.util.List;

/** What a node has left, and what its pods use of it. */
public record Measurements(Store memory, Disk disk, List<PodUsage> pods) {
    /** Of the node, as far as pods may use it. */
    public record Store(long totalBytes, long availableBytes) {}

    /**
     * @param inodes how many files it may have; zero where there is no fixed number
     */
    public record Disk(Store space, long inodes, long availableInodes) {}

    /** What was asked for, and what is used. */
    public record Amount(Quantity requested, long usedBytes) {
        /** Below zero where less is used than was asked for. */
        long excessBytes() {
            return usedBytes - requested.toLong();
        }
    }

    /**
     * @param disk what it wrote to its root
     */
    public record ContainerUsage(String name, Amount memory, Amount disk) {}

    /** What one pod uses against what it asked for. */
    public record PodUsage(
            String uid,
            int priority,
            boolean isCritical,
            Amount memory,
            Amount disk,
            List<ContainerUsage> containers) {}
}
