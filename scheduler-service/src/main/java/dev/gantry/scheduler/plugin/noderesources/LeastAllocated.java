package dev.gantry.scheduler.plugin.noderesources;

import dev.gantry.scheduler.plugin.Score;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.SortedMap;

/** Spreading: the emptier the node would be, the better; what has nothing is not empty. */
public final class LeastAllocated implements Score {
    private final MostAllocated opposite;

    /**
     * @param weights of the resources; others are not looked at
     */
    public LeastAllocated(SortedMap<String, Integer> weights) {
        this.opposite = new MostAllocated(weights);
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
        int fullness = opposite.fullness(pod, node);
        return fullness < 0 ? 0 : MAX - fullness;
    }
}
