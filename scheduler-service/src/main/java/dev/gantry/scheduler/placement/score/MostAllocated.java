package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/** Bin packing: the fuller the node would be, the better. */
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
        return (percent(node.scoredMilliCpu() + pod.scored().milliCpu(), node.allocatableMilliCpu())
                        + percent(
                                node.scoredMemory() + pod.scored().memoryBytes(),
                                node.allocatableMemory()))
                / 2;
    }

    static int percent(long used, long allocatable) {
        return allocatable == 0
                ? 0
                : (int) (Math.min(used, allocatable) * (double) MAX / allocatable);
    }
}
