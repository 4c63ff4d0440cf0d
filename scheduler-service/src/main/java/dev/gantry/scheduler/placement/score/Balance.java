package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/**
 * Prefers nodes where cpu and memory would be used to a like degree, so that neither is stranded.
 *
 * <p>Compat: with two resources, upstream's standard deviation is half their difference.
 */
public final class Balance implements Score {
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
        double cpu =
                share(node.scoredMilliCpu() + pod.scored().milliCpu(), node.allocatableMilliCpu());
        double memory =
                share(node.scoredMemory() + pod.scored().memoryBytes(), node.allocatableMemory());
        return (int) ((1 - Math.abs(cpu - memory) / 2) * MAX);
    }

    /** Of the node, one at most; nothing where the node has nothing. */
    static double share(long used, long allocatable) {
        return allocatable == 0 ? 0 : Math.min(1.0, used / (double) allocatable);
    }
}
