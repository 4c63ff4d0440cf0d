package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.FactRule;
import dev.gantry.scheduler.snapshot.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodDemand;
import dev.gantry.scheduler.snapshot.pod.PodShape;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A preference whose points follow from what a node says of itself, so that a ranking of nodes can
 * keep them; only their scale depends on which nodes are left.
 */
public interface ScaledPreference extends Preference {
    /** As {@link Preference#concerns}, which is a matter of the shape alone. */
    boolean concerns(PodShape shape, ClusterSnapshot snapshot);

    FactRule points(PodShape shape);

    Share share();

    @Override
    default Basis basis() {
        return Basis.NODE;
    }

    @Override
    default boolean concerns(PodDemand pod, ClusterSnapshot snapshot) {
        return concerns(pod.shape(), snapshot);
    }

    @Override
    default ToIntFunction<NodeView> prepare(
            PodDemand pod, ClusterSnapshot snapshot, List<NodeView> left) {
        return share().among(left, points(pod.shape()));
    }

    @Override
    default int[] scores(PodDemand pod, ClusterSnapshot snapshot, Candidates left) {
        return share().among(left, snapshot.column(points(pod.shape())));
    }
}
