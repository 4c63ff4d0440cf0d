package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;
import java.util.function.ToIntFunction;

/** A score whose scale may depend on which nodes are left: 0 to {@link #MAX} for each of them. */
public interface Preference {
    int MAX = Score.MAX;

    /** What the scores follow from, and so how far a ranking of all nodes can keep them. */
    enum Basis {
        /** What each node says of itself: see {@link ScaledPreference}. */
        NODE,
        /** Which images each node has, and how many nodes have them. */
        IMAGES,
        /** The whole cluster: the rule is asked anew for every pod. */
        CLUSTER
    }

    String name();

    default Basis basis() {
        return Basis.CLUSTER;
    }

    /** False where this rule scores all nodes alike for the pod: it is then left out. */
    boolean concerns(PodInfo pod, ClusterSnapshot snapshot);

    /**
     * Looks at the whole once. What comes back is right until the snapshot changes.
     *
     * @param left the nodes that passed everything, which may decide the scale
     */
    ToIntFunction<NodeView> prepare(PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left);

    /** The score of each row that is left, as {@link #prepare} would give it, but faster. */
    int[] scores(PodInfo pod, ClusterSnapshot snapshot, Candidates left);
}
