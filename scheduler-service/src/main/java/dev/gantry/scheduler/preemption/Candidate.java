package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A node that the pod would fit once the victims have left.
 *
 * @param victims most important first; those that are leaving anyway are among them
 * @param violations how many of them break a disruption budget
 * @param highestPriority of any victim that is not leaving anyway
 * @param prioritySum over those victims, each raised so that more of them never sum up to less
 * @param earliestStart when the first of the most important of them began; one that has not begun
 *     yet counts as later than all others
 */
public record Candidate(
        NodeView node,
        List<PlacedPod> victims,
        int violations,
        int highestPriority,
        long prioritySum,
        int evictions,
        Instant earliestStart) {
    /**
     * The best first. Compat: {@code pickOneNodeForPreemption}; the node's tie rank decides where
     * upstream takes any.
     */
    static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingInt(Candidate::violations)
                    .thenComparingInt(Candidate::highestPriority)
                    .thenComparingLong(Candidate::prioritySum)
                    .thenComparingInt(Candidate::evictions)
                    .thenComparing(Comparator.comparing(Candidate::earliestStart).reversed())
                    .thenComparingLong(each -> each.node.tieRank());

    static Candidate of(NodeView node, List<PlacedPod> victims, int violations) {
        int highest = Integer.MIN_VALUE;
        long sum = 0;
        int evictions = 0;
        Instant start = Instant.MAX;
        for (PlacedPod each : victims) {
            if (each.pod().isLeaving()) {
                continue;
            }
            evictions++;
            sum += each.pod().priority() + (1L << 31);
            boolean isHigher = each.pod().priority() > highest;
            boolean isEarlier =
                    each.pod().priority() == highest && each.pod().started().isBefore(start);
            if (isHigher || isEarlier) {
                highest = each.pod().priority();
                start = each.pod().started();
            }
        }
        return new Candidate(node, victims, violations, highest, sum, evictions, start);
    }
}
