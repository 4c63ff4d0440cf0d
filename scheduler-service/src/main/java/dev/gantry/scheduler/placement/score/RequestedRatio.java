package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * How full the node would be, through a broken line of points: for those who want neither the
 * fullest nor the emptiest node.
 *
 * <p>Example: (0, 0), (70, 100), (100, 20) likes nodes that are at 70 percent.
 *
 * <p>Compat: noderesources' RequestedToCapacityRatio, with its whole numbers. A resource that the
 * node has nothing of does not count.
 *
 * @param points by rising percentage
 * @param weights of the resources; others are not looked at
 */
public record RequestedRatio(List<Point> points, SortedMap<String, Integer> weights)
        implements Score {
    /** At {@code percent} in use a resource is worth {@code score}, 0 to 100. */
    public record Point(int percent, int score) {}

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return true;
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        long sum = 0;
        long weightSum = 0;
        for (Map.Entry<String, Integer> each : weights.entrySet()) {
            int score = scoreOf(each.getKey(), pod, node);
            if (score > 0) {
                sum += (long) score * each.getValue();
                weightSum += each.getValue();
            }
        }
        return weightSum == 0 ? 0 : (int) Math.round(sum / (double) weightSum) * POINT;
    }

    /** Zero for an extended resource that the pod does not ask for. */
    private int scoreOf(String resource, PodShape pod, NodeView node) {
        return switch (resource) {
            case "cpu" ->
                    at(node.scoredMilliCpu() + pod.scored().milliCpu(), node.allocatableMilliCpu());
            case "memory" ->
                    at(node.scoredMemory() + pod.scored().memoryBytes(), node.allocatableMemory());
            case "ephemeral-storage" ->
                    at(
                            node.allocatableEphemeral()
                                    - node.freeEphemeral()
                                    + pod.asked().ephemeralBytes(),
                            node.allocatableEphemeral());
            default -> {
                long asked = pod.asked().extended().getOrDefault(resource, 0L);
                long allocatable = node.allocatableExtended(resource);
                long used = allocatable - node.freeExtended(resource) + asked;
                yield asked == 0 ? 0 : at(used, allocatable);
            }
        };
    }

    private int at(long used, long allocatable) {
        if (allocatable == 0) {
            return 0;
        }
        long percent = used > allocatable ? 100 : (long) (used * 100.0 / allocatable);
        Point before = points.getFirst();
        for (Point each : points) {
            if (percent <= each.percent) {
                int width = each.percent - before.percent;
                return width == 0
                        ? each.score
                        : before.score
                                + (int) ((each.score - before.score) * (percent - before.percent))
                                        / width;
            }
            before = each;
        }
        return before.score;
    }
}
