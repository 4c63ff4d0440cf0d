package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

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
 * <p>Where the node has nothing of a resource there is nothing to strand: it counts as unused.
 */
public final class Complement implements Score {
    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return true;
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        long milliCpu = node.allocatableMilliCpu();
        long memory = node.allocatableMemory();
        double cpuNow = Balance.share(node.scoredMilliCpu(), milliCpu);
        double memoryNow = Balance.share(node.scoredMemory(), memory);
        double cpuThen = Balance.share(node.scoredMilliCpu() + pod.scored().milliCpu(), milliCpu);
        double memoryThen = Balance.share(node.scoredMemory() + pod.scored().memoryBytes(), memory);
        double brought = cpuThen - cpuNow + memoryThen - memoryNow;
        if (brought <= 0) {
            return MAX / 2;
        }
        double evened = Math.abs(cpuNow - memoryNow) - Math.abs(cpuThen - memoryThen);
        return (int) Math.round(MAX * (1 + evened / brought) / 2);
    }
}
