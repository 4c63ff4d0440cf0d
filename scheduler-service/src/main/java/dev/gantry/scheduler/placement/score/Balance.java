package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/**
 * Prefers nodes where cpu and memory would be used to a like degree, so that neither is stranded.
 *
 * <p>Compat: of what is asked for, not of what is assumed for containers that ask for nothing; a
 * pod that asks for neither is not scored. With two resources, upstream's standard deviation is
 * half their difference; where the node has one of them only, there is no difference.
 */
public final class Balance implements Score {
    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public boolean concerns(PodShape pod) {
        return pod.asked().milliCpu() > 0 || pod.asked().memoryBytes() > 0;
    }

    @Override
    public int score(PodShape pod, NodeView node) {
        long milliCpu = node.allocatableMilliCpu();
        long memory = node.allocatableMemory();
        if (milliCpu == 0 || memory == 0) {
            return MAX;
        }
        double cpuShare = share(milliCpu - node.freeMilliCpu() + pod.asked().milliCpu(), milliCpu);
        double memoryShare = share(memory - node.freeMemory() + pod.asked().memoryBytes(), memory);
        return (int) ((1 - Math.abs(cpuShare - memoryShare) / 2) * MAX);
    }

    /** Of the node, one at most; nothing where the node has nothing. */
    static double share(long used, long allocatable) {
        return allocatable == 0 ? 0 : Math.min(1.0, used / (double) allocatable);
    }
}
