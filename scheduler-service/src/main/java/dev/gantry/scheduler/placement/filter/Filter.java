package dev.gantry.scheduler.placement.filter;

import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodShape;

/** A rule that a node must pass. Looks at that node alone. */
public interface Filter {
    /** Upstream's name of the plugin. */
    String name();

    /** False where this rule passes every node for such a pod: it is then left out. */
    boolean concerns(PodShape pod);

    Verdict judge(PodShape pod, NodeView node);
}
