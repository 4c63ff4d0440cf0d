package dev.gantry.scheduler.plugin;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.column.FactRule;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A preference whose points follow from what a node says of itself, so that a ranking of nodes can
 * keep them; only their scale depends on which nodes are left.
 */
public interface ScaledPreference extends Preference {
    /** As {@link Preference#concerns}, which is a matter of the signature alone. */
    boolean concerns(PodSignature signature, ClusterSnapshot snapshot);

    FactRule points(PodSignature signature);

    Share share();

    @Override
    default Basis basis() {
        return Basis.NODE;
    }

    @Override
    default boolean concerns(PodInfo pod, ClusterSnapshot snapshot) {
        return concerns(pod.signature(), snapshot);
    }

    @Override
    default ToIntFunction<NodeView> prepare(
            PodInfo pod, ClusterSnapshot snapshot, List<NodeView> left) {
        return share().among(left, points(pod.signature()));
    }

    @Override
    default int[] scores(PodInfo pod, ClusterSnapshot snapshot, Candidates left) {
        return share().among(left, snapshot.column(points(pod.signature())));
    }
}
