package dev.gantry.agent.eviction;

import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * What a node has left, and what its pods use of it.
 *
 * @param disk with volumes and logs
 * @param imageDisk with images and what containers write to their roots; empty where that is the
 *     same one
 */
public record Measurements(Store memory, Disk disk, Optional<Disk> imageDisk, List<PodUsage> pods) {
    public Disk diskOfImages() {
        return imageDisk.orElse(disk);
    }

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
     * @param disk what it wrote to its root, and its logs
     */
    public record ContainerUsage(String name, Amount memory, Amount disk) {}

    /**
     * What a pod has on disks.
     *
     * @param localBytes its volumes and logs: on the node's disk
     * @param writtenBytes what its containers wrote to their roots: on the disk with the images
     */
    public record Storage(Quantity requested, long localBytes, long writtenBytes) {
        Amount local() {
            return new Amount(requested, localBytes);
        }

        Amount written() {
            return new Amount(requested, writtenBytes);
        }

        Amount whole() {
            return new Amount(requested, localBytes + writtenBytes);
        }
    }

    /** What one pod uses against what it asked for. */
    public record PodUsage(
            String uid,
            int priority,
            boolean isCritical,
            Amount memory,
            Storage storage,
            List<ContainerUsage> containers) {}
}
