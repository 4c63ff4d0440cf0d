package dev.gantry.scheduler.rebalance;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;

/**
 * A pod to be evicted, and what is expected of that.
 *
 * @param uid pins the pod: a namesake made meanwhile stays
 * @param workload uid of the controller that makes it anew
 * @param to where the scheduler would place it as things are; it may place it elsewhere
 * @param why for people
 */
public record Move(
        ObjectKey pod, Uid uid, String workload, String from, String to, Goal goal, String why) {
    static Move of(PlacedPod placed, String to, Goal goal, String why) {
        PodInfo pod = placed.pod();
        return new Move(pod.key(), pod.uid(), pod.owner(), placed.node(), to, goal, why);
    }
}
