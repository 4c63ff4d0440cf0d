package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodSignature;

/** A rule that a node must pass. Looks at that node alone. */
public interface Filter {
    /** Upstream's name of the plugin. */
    String name();

    /** False where this rule passes every node for such a pod: it is then left out. */
    boolean concerns(PodSignature pod);

    Verdict judge(PodSignature pod, NodeView node);

    /**
     * Whether {@link #judge} would let the node pass; rules may have a faster way to tell.
     *
     * <p>Cost: wording a rejection takes a microsecond, and most rejections are never read.
     */
    default boolean passes(PodSignature pod, NodeView node) {
        return judge(pod, node) instanceof Verdict.Fits;
    }
}
