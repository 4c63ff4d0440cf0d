package dev.gantry.scheduler.placement.score;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodShape;

/** Spreading: the emptier the node would be, the better; what has nothing is not empty. */
public final class LeastAllocated implements Score {
    private final MostAllocated opposite = new MostAllocated();

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
        boolean hasNothing = node.allocatableMilliCpu() == 0 && node.allocatableMemory() == 0;
        return hasNothing ? 0 : MAX - opposite.score(pod, node);
    }
}
