package dev.gantry.controller.pod;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * Which pod goes first when there are too many.
 *
 * <p>Compat: {@code ActivePodsWithRanks}: unassigned, then pending, not ready, low deletion cost,
 * crowded node, ready for a short time, many restarts, young. Times are compared by their order of
 * magnitude only, so that victims of almost equal age spread over all of them (by uid).
 */
public final class PodDeletionOrder {
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private PodDeletionOrder() {}

    public static Comparator<Resource> of(Map<String, Integer> podsPerNode, Instant now) {
        return Comparator.comparing((Resource pod) -> !PodLife.node(pod).isEmpty())
                .thenComparing(PodDeletionOrder::phaseRank)
                .thenComparing(PodLife::isReady)
                .thenComparing(PodDeletionOrder::deletionCost)
                .thenComparing(pod -> -podsPerNode.getOrDefault(PodLife.node(pod), 0))
                .thenComparing(pod -> magnitude(PodLife.readySince(pod).orElse(now), now))
                .thenComparing(pod -> -PodLife.restarts(pod))
                .thenComparing(pod -> magnitude(pod.creationTime().orElse(now), now))
                .thenComparing(Resource::uid);
    }

    private static int phaseRank(Resource pod) {
        return switch (PodLife.phase(pod)) {
            case "Running" -> 2;
            case "Unknown" -> 1;
            default -> 0;
        };
    }

    private static int deletionCost(Resource pod) {
        try {
            return Integer.parseInt(pod.annotations().getOrDefault(COST, "0"));
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** The binary logarithm of an age in nanoseconds; the younger has the smaller. */
    private static int magnitude(Instant since, Instant now) {
        long nanos = Math.max(0, Duration.between(since, now).toNanos());
        return 64 - Long.numberOfLeadingZeros(nanos);
    }
}
