package dev.gantry.scheduler.placement.relation;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.PodDemand;
import java.util.function.ToIntFunction;

/** A wish about where other pods are: 0 to 100 per node. */
public interface Preference {
    String name();

    boolean concerns(PodDemand pod);

    /** Looks at the whole once. What comes back is right until the snapshot changes. */
    ToIntFunction<NodeView> prepare(PodDemand pod, ClusterSnapshot snapshot);
}
