package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/**
 * Bin packing: the fuller the node would be, the better.
 *
 * <p>Compat: a resource that the node has nothing of does not count.
 */
public final class MostAllocated implements Score {
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
        long milliCpu = node.allocatableMilliCpu();
        long memory = node.allocatableMemory();
        int cpuScore = percent(node.scoredMilliCpu() + pod.scored().milliCpu(), milliCpu);
        int memoryScore = percent(node.scoredMemory() + pod.scored().memoryBytes(), memory);
        boolean hasBoth = milliCpu > 0 && memory > 0;
        return (cpuScore + memoryScore) / (hasBoth ? 2 : 1);
    }

    static int percent(long used, long allocatable) {
        return allocatable == 0
                ? 0
                : (int) (Math.min(used, allocatable) * (double) MAX / allocatable);
    }
}
