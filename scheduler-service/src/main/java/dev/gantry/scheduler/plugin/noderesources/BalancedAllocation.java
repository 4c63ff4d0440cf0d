package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.SortedSet;

/**
 * Prefers nodes whose resources would be used to a more even degree than they are, so that none is
 * stranded.
 *
 * <p>A node is worth one minus the standard deviation of the shares in use, without the pod and
 * with it; the difference of the two, halved, is told around 75 points.
 *
 * <p>Example: half of the cpu and nothing of the memory is in use, which is worth 75. A pod that
 * asks for a quarter of the memory makes that 87.5: the node gets 81 points. Where the pod brings
 * as much cpu instead, it becomes 62.5: 68 points.
 *
 * <p>Compat: noderesources' {@code balancedResourceScorer} since v1.36. Of what is asked for, not
 * of what is assumed for containers that ask for nothing; a pod that asks for none of the resources
 * is not scored.
 */
public final class BalancedAllocation implements Score {
    private final List<ScoredResource> stocks;

    /**
     * @param resources those that are to be used evenly
     */
    public BalancedAllocation(SortedSet<String> resources) {
        this.stocks = ScoredResource.allAsked(resources);
    }

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return stocks.stream().anyMatch(each -> each.wanted(pod) > 0);
    }

    @Override
    public int score(PodSignature pod, NodeView node) {
        double[] now = new double[stocks.size()];
        double[] then = new double[stocks.size()];
        int counted = 0;
        for (ScoredResource each : stocks) {
            if (each.counts(pod, node)) {
                long used = each.used(node);
                now[counted] = ScoredResource.share(used, each.allocatable(node));
                then[counted] =
                        ScoredResource.share(used + each.wanted(pod), each.allocatable(node));
                counted++;
            }
        }
        int gain = worth(then, counted) - worth(now, counted);
        return MAX / 2 + (MAX / 2 + gain) / 2;
    }

    private static int worth(double[] shares, int count) {
        return (int) ((1 - deviation(shares, count)) * MAX);
    }

    /** The standard deviation of the first so many. */
    static double deviation(double[] shares, int count) {
        if (count < 2) {
            return 0;
        }
        if (count == 2) {
            return Math.abs(shares[0] - shares[1]) / 2;
        }
        double mean = 0;
        for (int i = 0; i < count; i++) {
            mean += shares[i] / count;
        }
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (shares[i] - mean) * (shares[i] - mean);
        }
        return Math.sqrt(squares / count);
    }
}
