package dev.gantry.agent.eviction;

import dev.gantry.agent.eviction.Measurements.Amount;
import dev.gantry.agent.eviction.Measurements.ContainerUsage;
import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.model.quantity.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides under pressure.
 *
 * <p>Compat: kubelet's default hard thresholds (memory below 100Mi, disk below 10 % of its bytes or
 * 5 % of its inodes), one victim at a time, its ranking and its words: first pods that use more
 * than their requests, then the lower priority, then those that exceed their requests by most. A
 * pressure that is over is reported for five more minutes, so that no pods are scheduled to a node
 * that is about to be short again. Where inodes are short, the bytes that pods wrote rank them.
 */
public final class EvictionPolicy {
    private static final long MEMORY_FLOOR_BYTES = 100L << 20;

    /** Compat: a number of 32 bits, which shows in the bytes that are told. */
    private static final float DISK_FLOOR = 0.1f;

    private static final int INODES_FLOOR_PERCENT = 5;
    private static final Duration STAYS_REPORTED = Duration.ofMinutes(5);

    private static final String LOW =
            "The node was low on resource: %s. Threshold quantity: %s, available: %s. ";
    private static final String LARGER =
            "Container %s was using %s, request is %s, has larger consumption of %s. ";

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

    /** A pod that must go, and why in words. */
    public record Victim(String uid, String message) {}

    public static boolean isShortOfMemory(Measurements measured) {
        return measured.memory().availableBytes() < MEMORY_FLOOR_BYTES;
    }

    public static boolean isShortOfDisk(Measurements measured) {
        return isShortOfSpace(measured.disk().space()) || isShortOfInodes(measured.disk());
    }

    private static boolean isShortOfSpace(Store space) {
        return space.availableBytes() < floorBytes(space);
    }

    static boolean isShortOfInodes(Disk disk) {
        return disk.availableInodes() < floorInodes(disk);
    }

    private static long floorBytes(Store space) {
        return (long) (space.totalBytes() * (double) DISK_FLOOR);
    }

    private static long floorInodes(Disk disk) {
        return disk.inodes() * INODES_FLOOR_PERCENT / 100;
    }

    public static Pressures pressures(Pressures before, Measurements measured, Instant now) {
        Instant until = now.plus(STAYS_REPORTED);
        return new Pressures(
                isShortOfMemory(measured) ? until : before.memoryUntil(),
                isShortOfDisk(measured) ? until : before.diskUntil());
    }

    /**
     * Compat: images go before pods do.
     *
     * @param imagesRemoved since it was measured. Runtimes free their space later, so whether a pod
     *     has to go as well for the disk is seen at the next look.
     */
    public static Optional<Victim> victim(Measurements measured, int imagesRemoved) {
        if (isShortOfMemory(measured)) {
            return memory(measured.memory()).victim(measured.pods());
        }
        return isShortOfDisk(measured) && imagesRemoved == 0
                ? disk(measured.disk()).victim(measured.pods())
                : Optional.empty();
    }

    private static Shortage memory(Store memory) {
        return new Shortage(
                "memory",
                Quantity.ofBytes(MEMORY_FLOOR_BYTES),
                Quantity.ofBytes(memory.availableBytes()),
                PodUsage::memory,
                ContainerUsage::memory);
    }

    private static Shortage disk(Disk disk) {
        return isShortOfSpace(disk.space())
                ? new Shortage(
                        "ephemeral-storage",
                        Quantity.ofBytes(floorBytes(disk.space())),
                        Quantity.ofBytes(disk.space().availableBytes()),
                        PodUsage::disk,
                        ContainerUsage::disk)
                : new Shortage(
                        "inodes",
                        Quantity.ofMilli(1000 * floorInodes(disk)),
                        Quantity.ofMilli(1000 * disk.availableInodes()),
                        PodUsage::disk,
                        _ -> new Amount(Quantity.ZERO, 0));
    }

    /** One resource of which too little is left. */
    private record Shortage(
            String resource,
            Quantity floor,
            Quantity available,
            Function<PodUsage, Amount> ofPod,
            Function<ContainerUsage, Amount> ofContainer) {
        Optional<Victim> victim(List<PodUsage> pods) {
            return pods.stream()
                    .filter(each -> !each.isCritical())
                    .min(ranking())
                    .map(each -> new Victim(each.uid(), message(each)));
        }

        private Comparator<PodUsage> ranking() {
            return Comparator.comparing((PodUsage each) -> excess(each) <= 0)
                    .thenComparing(PodUsage::priority)
                    .thenComparing(this::excess, Comparator.reverseOrder())
                    .thenComparing(PodUsage::uid);
        }

        private long excess(PodUsage pod) {
            return ofPod.apply(pod).excessBytes();
        }

        private String message(PodUsage pod) {
            var text = new StringBuilder(LOW.formatted(resource, floor, available));
            for (ContainerUsage each : pod.containers()) {
                Amount amount = ofContainer.apply(each);
                if (amount.excessBytes() > 0) {
                    Quantity used = Quantity.ofBytes(amount.usedBytes());
                    text.append(LARGER.formatted(each.name(), used, amount.requested(), resource));
                }
            }
            return text.toString();
        }
    }
}
