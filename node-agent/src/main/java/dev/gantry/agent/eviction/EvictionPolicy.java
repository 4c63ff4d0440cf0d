package dev.gantry.agent.eviction;

import dev.gantry.agent.eviction.Measurements.Amount;
import dev.gantry.agent.eviction.Measurements.ContainerUsage;
import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.model.quantity.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides under pressure.
 *
 * <p>Compat: kubelet's default hard thresholds (memory below 100Mi; below 10 % of the bytes of the
 * node's disk, or 15 % of those of the disk with the images, or 5 % of the inodes of either), one
 * victim at a time, its ranking and its words: first pods that use more than their requests, then
 * the lower priority, then those that exceed their requests by most. Where both disks are one, so
 * the higher threshold counts. A pressure that is over is reported for five more minutes, so that
 * no pods are scheduled to a node that is about to be short again. Where inodes are short, the
 * bytes that pods wrote rank them.
 */
public final class EvictionPolicy {
    private static final long MEMORY_FLOOR_BYTES = 100L << 20;

    /** Compat: numbers of 32 bits, which shows in the bytes that are told. */
    private static final float DISK_FLOOR = 0.1f;

    private static final float IMAGE_DISK_FLOOR = 0.15f;

    private static final String DISK = "nodefs";
    private static final String IMAGE_DISK = "imagefs";
    private static final int INODES_FLOOR_PERCENT = 5;
    private static final Duration STAYS_REPORTED = Duration.ofMinutes(5);

    private EvictionPolicy() {}

    /**
     * @param memoryUntil the pressure is told until then; the epoch where there was none
     */
    public record Pressures(Instant memoryUntil, Instant diskUntil) {
        public static final Pressures NONE = new Pressures(Instant.EPOCH, Instant.EPOCH);

        public boolean isOnMemory(Instant now) {
            return isOn(memoryUntil, now);
        }

        public boolean isOnDisk(Instant now) {
            return isOn(diskUntil, now);
        }

        /** What would be told for longer was found before the clock was set back. */
        private static boolean isOn(Instant until, Instant now) {
            return until.isAfter(now) && !until.isAfter(now.plus(STAYS_REPORTED));
        }
    }

    /**
     * A pod that must go.
     *
     * @param signal what the node is short of. Compat: as kubelet's thresholds name it
     * @param message why, in words
     */
    public record Victim(String uid, String signal, String message) {}

    public static boolean isShortOfMemory(Measurements measured) {
        return ofMemory(measured.memory()).isPresent();
    }

    public static boolean isShortOfDisk(Measurements measured) {
        return ofDisks(measured).findAny().isPresent();
    }

    /**
     * Compat: {@code buildSignalToNodeReclaimFuncs}: only then containers that are over, and images
     * that nobody uses, are worth removing.
     */
    public static boolean isShortOfImageDisk(Measurements measured) {
        Disk images = measured.diskOfImages();
        return isShortOfSpace(images.space(), IMAGE_DISK_FLOOR) || isShortOfInodes(images);
    }

    private static boolean isShortOfSpace(Store space, float floor) {
        return space.availableBytes() < floorBytes(space, floor);
    }

    static boolean isShortOfInodes(Disk disk) {
        return disk.availableInodes() < floorInodes(disk);
    }

    public static Pressures pressures(Pressures before, Measurements measured, Instant now) {
        Instant until = now.plus(STAYS_REPORTED);
        return new Pressures(
                isShortOfMemory(measured) ? until : before.memoryUntil(),
                isShortOfDisk(measured) ? until : before.diskUntil());
    }

    /**
     * Compat: memory first; and containers that are over and images go before pods do.
     *
     * @param removed how many of those since it was measured. Runtimes free their space later, so
     *     whether a pod has to go as well for the disk is seen at the next look.
     */
    public static Optional<Victim> victim(Measurements measured, int removed) {
        Optional<Shortage> memory = ofMemory(measured.memory());
        if (memory.isPresent() || removed > 0) {
            return memory.flatMap(each -> each.victim(measured.pods()));
        }
        return ofDisks(measured).findFirst().flatMap(each -> each.victim(measured.pods()));
    }

    private static Optional<Shortage> ofMemory(Store memory) {
        return memory.availableBytes() < MEMORY_FLOOR_BYTES
                ? Optional.of(
                        new Shortage(
                                "memory.available",
                                "memory",
                                Quantity.ofBytes(MEMORY_FLOOR_BYTES),
                                Quantity.ofBytes(memory.availableBytes()),
                                PodUsage::memory,
                                ContainerUsage::memory))
                : Optional.empty();
    }

    private static Stream<Shortage> ofDisks(Measurements measured) {
        boolean isOne = measured.imageDisk().isEmpty();
        Function<PodUsage, Amount> onDisk =
                pod -> isOne ? pod.storage().whole() : pod.storage().local();
        Function<PodUsage, Amount> onImageDisk =
                pod -> isOne ? pod.storage().whole() : pod.storage().written();
        Disk disk = measured.disk();
        Disk images = measured.diskOfImages();
        return Stream.of(
                        ofSpace(DISK, disk.space(), DISK_FLOOR, onDisk),
                        ofInodes(DISK, disk, onDisk),
                        ofSpace(IMAGE_DISK, images.space(), IMAGE_DISK_FLOOR, onImageDisk),
                        ofInodes(IMAGE_DISK, images, onImageDisk))
                .flatMap(Optional::stream);
    }

    private static Optional<Shortage> ofSpace(
            String disk, Store space, float floor, Function<PodUsage, Amount> ofPod) {
        return isShortOfSpace(space, floor)
                ? Optional.of(
                        new Shortage(
                                disk + ".available",
                                "ephemeral-storage",
                                Quantity.ofBytes(floorBytes(space, floor)),
                                Quantity.ofBytes(space.availableBytes()),
                                ofPod,
                                ContainerUsage::disk))
                : Optional.empty();
    }

    private static Optional<Shortage> ofInodes(
            String name, Disk disk, Function<PodUsage, Amount> ofPod) {
        return isShortOfInodes(disk)
                ? Optional.of(
                        new Shortage(
                                name + ".inodesFree",
                                "inodes",
                                Quantity.ofMilli(1000 * floorInodes(disk)),
                                Quantity.ofMilli(1000 * disk.availableInodes()),
                                ofPod,
                                _ -> new Amount(Quantity.ZERO, 0)))
                : Optional.empty();
    }

    private static long floorBytes(Store space, float floor) {
        return (long) (space.totalBytes() * (double) floor);
    }

    private static long floorInodes(Disk disk) {
        return disk.inodes() * INODES_FLOOR_PERCENT / 100;
    }
}
