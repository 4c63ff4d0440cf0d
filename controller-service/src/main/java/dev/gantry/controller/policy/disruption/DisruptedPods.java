package dev.gantry.controller.policy.disruption;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pods whose eviction was allowed and whose deletion has not been seen yet.
 *
 * <pre>
 *   allowed ──► waiting ──deletion seen──► (forgotten)
 *                  └──two minutes pass──► overdue: counts as a pod again
 * </pre>
 *
 * @param waiting by name, with the time as the budget has it
 * @param overdue pods that should have been deleted by now
 * @param recheck when the first of the waiting ones will be overdue
 */
record DisruptedPods(
        SortedMap<String, String> waiting, List<Resource> overdue, Optional<Instant> recheck) {
    /** Compat: DeletionTimeout. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static DisruptedPods of(DisruptionView view, Instant now) {
        SortedMap<String, String> waiting = new TreeMap<>();
        List<Resource> overdue = new ArrayList<>();
        Optional<Instant> recheck = Optional.empty();
        var named = view.budget().status().path("disruptedPods");
        for (Resource pod : view.pods()) {
            Optional<Instant> due =
                    Resource.instant(named.path(pod.name())).map(since -> since.plus(PATIENCE));
            if (pod.isBeingDeleted() || due.isEmpty()) {
                continue;
            }
            if (due.get().isBefore(now)) {
                overdue.add(pod);
                continue;
            }
            waiting.put(pod.name(), Resource.text(named, pod.name()));
            if (recheck.isEmpty() || due.get().isBefore(recheck.get())) {
                recheck = due;
            }
        }
        // A pod is overdue only after its time, not at it.
        return new DisruptedPods(waiting, overdue, recheck.map(due -> due.plusMillis(1)));
    }

    boolean isWaitingFor(Resource pod) {
        return waiting.containsKey(pod.name());
    }

    Map<String, String> entries() {
        return waiting;
    }
}
