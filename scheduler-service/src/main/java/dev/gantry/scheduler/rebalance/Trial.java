package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Moves pods on a copy, as the scheduler would; what does not lead to the goal is taken back. */
final class Trial {
    private final ClusterSnapshot copy;
    private final RankedScheduler scheduler;

    /** What can be taken back, last first; where each pod was. */
    private final Deque<PlacedPod> moved = new ArrayDeque<>();

    Trial(ClusterSnapshot copy, Profiles profiles) {
        this.copy = copy;
        this.scheduler = new RankedScheduler(profiles);
    }

    /**
     * Where the scheduler would place the pod's successor. Empty where that would be the same node
     * or none, and where it depends on whether the pod is gone by then: a ReplicaSet makes the
     * successor while the pod still takes up its node, a StatefulSet only afterwards.
     */
    Optional<NodeView> destination(PlacedPod placed) {
        PodInfo pod = placed.pod();
        copy.place(pod.leaving(), placed.node());
        Placement early = scheduler.place(pod, copy);
        copy.setAside(pod.uid());
        Placement late = scheduler.place(pod, copy);
        copy.place(pod, placed.node());
        boolean isSure =
                early instanceof Placed(_, String first, _)
                        && late instanceof Placed(_, String second, _)
                        && first.equals(second)
                        && !first.equals(placed.node());
        return isSure ? copy.node(((Placed) late).node()) : Optional.empty();
    }

    void move(PlacedPod placed, NodeView to) {
        moved.push(placed);
        copy.place(placed.pod(), to.name());
    }

    /** From here on nothing before is taken back. */
    void keep() {
        moved.clear();
    }

    void takeBack() {
        while (!moved.isEmpty()) {
            PlacedPod each = moved.pop();
            copy.place(each.pod(), each.node());
        }
    }
}
