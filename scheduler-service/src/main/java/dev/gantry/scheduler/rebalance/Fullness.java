package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.Mobility;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.List;

/**
 * How full nodes are of pods that would have to go for the node to be empty: the mean of their
 * shares of cpu and memory. Pods that ask for nothing count as scores count them, so every pod is
 * something.
 */
record Fullness(ClusterSnapshot snapshot) {
    double of(NodeView node) {
        double sum = 0;
        for (PlacedPod each : guests(node)) {
            sum += share(each.pod(), node);
        }
        return sum;
    }

    /** What the pod is, or would be, of this node. */
    double share(PodInfo pod, NodeView node) {
        return part(pod.signature().scored().milliCpu(), node.allocatableMilliCpu())
                + part(pod.signature().scored().memoryBytes(), node.allocatableMemory());
    }

    /** All but those that belong to the node, and those that go anyway. */
    List<PlacedPod> guests(NodeView node) {
        return snapshot.podsOn(node).stream()
                .filter(each -> each.pod().mobility() != Mobility.RESIDENT)
                .filter(each -> !each.pod().isLeaving())
                .toList();
    }

    private static double part(long amount, long of) {
        return of == 0 ? 0 : amount / (2.0 * of);
    }
}
