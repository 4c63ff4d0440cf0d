package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.Mobility;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Which pods may be moved, at all and now; keeps count while a plan is made. */
final class Permits {
    private final ClusterSnapshot snapshot;
    private final Allowances allowances;
    private final MoveLog log;
    private final Duration settle;
    private final Moment now;
    private final Set<String> restless = new HashSet<>();

    /**
     * @param settle who came or was tried within this time is not settled
     */
    Permits(
            ClusterSnapshot snapshot,
            QuiescentSnapshot quiescent,
            MoveLog log,
            Duration settle,
            Moment now) {
        this.snapshot = snapshot;
        this.allowances = new Allowances(quiescent.budgets());
        this.log = log;
        this.settle = settle;
        this.now = now;
        restless.addAll(quiescent.waiting());
        Instant settledSince = now.wall().minus(settle);
        for (PlacedPod each : snapshot.pods()) {
            if (each.pod().isLeaving() || each.pod().since().isAfter(settledSince)) {
                restless.add(each.pod().owner());
            }
        }
    }

    /** Whether it could be moved once it and its workload are settled. */
    boolean couldGo(PlacedPod placed) {
        PodInfo pod = placed.pod();
        return pod.mobility() == Mobility.MOVABLE
                && !pod.isLeaving()
                && !isOptedOut(pod)
                && !log.hasReturned(placed)
                && allowances.couldAllow(pod);
    }

    /**
     * Whether it may be moved now. A workload of which a pod is new, waits, or leaves, is on its
     * way from one state to another: this holds back rollouts, and the next move of a workload
     * until the last one is over.
     */
    boolean mayGo(PlacedPod placed) {
        String workload = placed.pod().owner();
        return couldGo(placed)
                && !restless.contains(workload)
                && !log.hasTried(workload, settle, now)
                && allowances.allow(placed.pod());
    }

    void go(PlacedPod placed) {
        restless.add(placed.pod().owner());
        allowances.spend(placed.pod());
    }

    private boolean isOptedOut(PodInfo pod) {
        return snapshot.namespaceLabels(pod.key().namespace())
                .getOrDefault(Mobility.REBALANCE, "")
                .equals("false");
    }
}
