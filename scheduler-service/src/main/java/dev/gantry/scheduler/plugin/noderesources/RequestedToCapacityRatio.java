package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.SortedMap;

/**
 * How full the node would be, through a broken line of points: for those who want neither the
 * fullest nor the emptiest node.
 *
 * <p>Example: (0, 0), (70, 100), (100, 20) likes nodes that are at 70 percent.
 *
 * <p>Compat: noderesources' RequestedToCapacityRatio, with its whole numbers. A resource that the
 * node has nothing of does not count.
 */
public final class RequestedToCapacityRatio implements Score {
    private final List<Point> points;
    private final List<WeightedResource> resources;

    /** At {@code percent} in use a resource is worth {@code score}, 0 to 100. */
    public record Point(int percent, int score) {}

    /**
     * @param points by rising percentage
     * @param weights of the resources; others are not looked at
     */
    public RequestedToCapacityRatio(List<Point> points, SortedMap<String, Integer> weights) {
        this.points = List.copyOf(points);
        this.resources = WeightedResource.listOf(weights);
    }

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return true;
    }

    @Override
    public int score(PodSignature pod, NodeView node) {
        long sum = 0;
        long weightSum = 0;
        for (WeightedResource each : resources) {
            int score = scoreOf(each.stock(), pod, node);
            if (score > 0) {
                sum += (long) score * each.weight();
                weightSum += each.weight();
            }
        }
        return weightSum == 0 ? 0 : (int) Math.round(sum / (double) weightSum) * POINT;
    }

    private int scoreOf(ScoredResource stock, PodSignature pod, NodeView node) {
        return stock.counts(pod, node)
                ? at(stock.used(node) + stock.wanted(pod), stock.allocatable(node))
                : 0;
    }

    private int at(long used, long allocatable) {
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
