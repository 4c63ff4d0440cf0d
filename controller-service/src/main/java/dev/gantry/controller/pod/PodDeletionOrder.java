package dev.gantry.controller.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
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

    /**
     * The first to go first.
     *
     * @param podsPerNode how crowded each node is
     */
    public static List<Resource> sorted(
            List<Resource> pods, Map<String, Integer> podsPerNode, Instant now) {
        return pods.stream()
                .map(pod -> Standing.of(pod, podsPerNode, now))
                .sorted(Standing.FIRST_TO_GO)
                .map(Standing::pod)
                .toList();
    }

    /**
     * What is compared of a pod. Cost: read once for each, and not at each of the many comparisons
     * of a sort: times are texts.
     */
    private record Standing(
            Resource pod,
            boolean isBound,
            int phase,
            boolean isReady,
            int cost,
            int neighbours,
            int readyFor,
            int restarts,
            int age,
            Uid uid) {
        static final Comparator<Standing> FIRST_TO_GO =
                Comparator.comparing(Standing::isBound)
                        .thenComparingInt(Standing::phase)
                        .thenComparing(Standing::isReady)
                        .thenComparingInt(Standing::cost)
                        .thenComparingInt(each -> -each.neighbours)
                        .thenComparingInt(Standing::readyFor)
                        .thenComparingInt(each -> -each.restarts)
                        .thenComparingInt(Standing::age)
                        .thenComparing(Standing::uid);

        static Standing of(Resource pod, Map<String, Integer> podsPerNode, Instant now) {
            String node = PodLife.node(pod);
            return new Standing(
                    pod,
                    !node.isEmpty(),
                    phaseRank(pod),
                    PodLife.isReady(pod),
                    deletionCost(pod),
                    podsPerNode.getOrDefault(node, 0),
                    magnitude(PodLife.readySince(pod).orElse(now), now),
                    PodLife.restarts(pod),
                    magnitude(pod.creationTime().orElse(now), now),
                    pod.uid());
        }
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
