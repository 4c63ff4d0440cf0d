package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.placement.filter.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.function.Function;

/** A rule about where other pods are. */
public interface Relation {
    /** Upstream's name of the plugin. */
    String name();

    /** False where this rule passes every node for the pod: it is then left out. */
    boolean concerns(PodDemand pod, ClusterSnapshot snapshot);

    /** Looks at the whole once. What comes back is right until the snapshot changes. */
    Function<NodeView, Verdict> prepare(PodDemand pod, ClusterSnapshot snapshot);
}
