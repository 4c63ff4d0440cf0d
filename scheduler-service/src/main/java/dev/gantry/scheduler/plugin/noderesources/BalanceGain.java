package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.SortedSet;

/**
 * Bin packing: of what the pod brings, the part that evens its node out, so that neither cpu nor
 * memory is stranded there.
 *
 * <p>With c and m the shares of cpu and memory in use, and c' and m' those with the pod:
 *
 * <pre>
 *     (|c - m| - |c' - m'|) / ((c' - c) + (m' - m))      from -1 to 1, told as 0 to MAX
 * </pre>
 *
 * <p>Example: a pod asks for 10 % of a node's cpu and 2 % of its memory. Where 30 % of the cpu and
 * 50 % of the memory are in use, the gap of 20 % becomes one of 12 %: 8 / 12, or 83 points. Where
 * it is the other way round the gap grows to 28 %: 17 points. On an empty node it is 17 as well.
 *
 * <p>What the pod changes is measured, not how even the node is. That would say the same of all
 * nodes for a pod that asks for one resource alone: what it adds to the one it takes from the other
 * ({@code (c + m) / 2 - |c - m| / 2} is the lesser of the two, which such a pod leaves as it is).
 *
 * <p>Of more than two resources the gap is twice the standard deviation, as it is of two; a pod can
 * make that greater or less by what it brings at most.
 *
 * <p>Where the node has nothing of a resource there is nothing to strand: it counts as unused.
 */
public final class BalanceGain implements Score {
    private final List<ScoredResource> stocks;

    /**
     * @param resources those that are not to be stranded
     */
    public BalanceGain(SortedSet<String> resources) {
        this.stocks = ScoredResource.allAssumed(resources);
    }

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodSignature pod) {
        return true;
    }

    @Override
    public int score(PodSignature pod, NodeView node) {
        double[] now = new double[stocks.size()];
        double[] then = new double[stocks.size()];
        int counted = 0;
        double brought = 0;
        for (ScoredResource each : stocks) {
            if (each instanceof ScoredResource.Extended && !each.counts(pod, node)) {
                continue;
            }
            long used = each.used(node);
            long allocatable = each.allocatable(node);
            now[counted] = ScoredResource.share(used, allocatable);
            then[counted] = ScoredResource.share(used + each.wanted(pod), allocatable);
            brought += then[counted] - now[counted];
            counted++;
        }
        if (brought <= 0) {
            return MAX / 2;
        }
        double evened =
                2
                        * (BalancedAllocation.deviation(now, counted)
                                - BalancedAllocation.deviation(then, counted));
        return (int) Math.round(MAX * (1 + evened / brought) / 2);
    }
}
