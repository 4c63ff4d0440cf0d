package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.snapshot.PodDemand;

/** The answer for one pod. */
public sealed interface Placement {
    PodDemand pod();

    Explanation explanation();

    /** The pod goes to {@code node}. */
    record Placed(PodDemand pod, String node, Explanation explanation) implements Placement {}

    /** No node will have it as things are. */
    record Unplaced(PodDemand pod, Explanation explanation) implements Placement {}
}
