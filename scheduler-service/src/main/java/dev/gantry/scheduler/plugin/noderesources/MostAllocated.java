package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.SortedMap;

/**
 * Bin packing: the fuller the node would be, the better.
 *
 * <p>Compat: a resource that the node has nothing of does not count.
 */
public final class MostAllocated implements Score {
    private final List<WeightedResource> resources;

    /**
     * @param weights of the resources; others are not looked at
     */
    public MostAllocated(SortedMap<String, Integer> weights) {
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
        return Math.max(0, fullness(pod, node));
    }

    /** Negative where nothing counts. */
    int fullness(PodSignature pod, NodeView node) {
        int sum = 0;
        int weights = 0;
        for (WeightedResource each : resources) {
            ScoredResource stock = each.stock();
            if (stock.counts(pod, node)) {
                long used = stock.used(node) + stock.wanted(pod);
                sum += each.weight() * points(used, stock.allocatable(node));
                weights += each.weight();
            }
        }
        return weights == 0 ? -1 : sum / weights;
    }

    private static int points(long used, long allocatable) {
        return (int) (Math.min(used, allocatable) * (double) MAX / allocatable);
    }
}
