package dev.gantry.agent.eviction;

import dev.gantry.agent.eviction.Measurements.PodUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Decides under pressure.
 *
 * <p>Compat: kubelet's default hard thresholds (memory below 100Mi, disk below 10 %), one victim at
 * a time, and its ranking: first pods that use more than their requests, then the lower priority,
 * then those that exceed their requests by most. A pressure that is over is reported for five more
 * minutes, so that no pods are scheduled to a node that is about to be short again.
 */
public final class EvictionPolicy {
    private static final long MEMORY_FLOOR_BYTES = 100L << 20;
    private static final Duration STAYS_REPORTED = Duration.ofMinutes(5);

    private static final Comparator<PodUsage> BY_MEMORY =
            Comparator.comparing((PodUsage each) -> excess(each) <= 0)
                    .thenComparing(PodUsage::priority)
                    .thenComparing(EvictionPolicy::excess, Comparator.reverseOrder())
                    .thenComparing(PodUsage::uid);

    private static final Comparator<PodUsage> BY_DISK =
            Comparator.comparing(PodUsage::priority)
                    .thenComparing(PodUsage::diskBytes, Comparator.reverseOrder())
                    .thenComparing(PodUsage::uid);

    private EvictionPolicy() {}

    /**
     * @param memoryUntil the pressure is told until then; the epoch where there was none
     */
    public record Pressures(Instant memoryUntil, Instant diskUntil) {
        public static final Pressures NONE = new Pressures(Instant.EPOCH, Instant.EPOCH);

        public boolean isOnMemory(Instant now) {
            return memoryUntil.isAfter(now);
        }

        public boolean isOnDisk(Instant now) {
            return diskUntil.isAfter(now);
        }
    }

    /** A pod that must go, and why in words. */
    public record Victim(String uid, String message) {}

    public static boolean isShortOfMemory(Measurements measured) {
        return measured.memoryAvailableBytes() < MEMORY_FLOOR_BYTES;
    }

    public static boolean isShortOfDisk(Measurements measured) {
        return measured.diskAvailableBytes() < measured.diskTotalBytes() / 10;
    }

    public static Pressures pressures(Pressures before, Measurements measured, Instant now) {
        Instant until = now.plus(STAYS_REPORTED);
        return new Pressures(
                isShortOfMemory(measured) ? until : before.memoryUntil(),
                isShortOfDisk(measured) ? until : before.diskUntil());
    }

    public static Optional<Victim> victim(Measurements measured) {
        if (isShortOfMemory(measured)) {
            return measured.pods().stream()
                    .filter(each -> !each.isCritical())
                    .min(BY_MEMORY)
                    .map(each -> new Victim(each.uid(), message("memory", each)));
        }
        if (isShortOfDisk(measured)) {
            return measured.pods().stream()
                    .filter(each -> !each.isCritical())
                    .min(BY_DISK)
                    .map(each -> new Victim(each.uid(), message("ephemeral-storage", each)));
        }
        return Optional.empty();
    }

    private static long excess(PodUsage pod) {
        return pod.memoryBytes() - pod.memoryRequestBytes();
    }

    private static String message(String resource, PodUsage pod) {
        String used =
                resource.equals("memory")
                        ? " It was using %dKi, request is %dKi."
                                .formatted(pod.memoryBytes() >> 10, pod.memoryRequestBytes() >> 10)
                        : "";
        return "The node was low on resource: " + resource + "." + used;
    }
}
