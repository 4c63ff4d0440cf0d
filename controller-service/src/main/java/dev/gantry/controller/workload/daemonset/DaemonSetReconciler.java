package dev.gantry.controller.workload.daemonset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One step of a DaemonSet: note its template, move its pods, say how far it is, clean up. */
final class DaemonSetReconciler implements Reconciler<DaemonSetView, Action> {
    @Override
    public Plan<Action> reconcile(DaemonSetView view, Instant now) {
        if (!view.writes().isEmpty()) {
            return Plan.of(view.writes()); // pods and revisions come back as its own
        }
        Optional<Action> status =
                DaemonSetStatus.of(view, now)
                        .map(
                                next ->
                                        new Action.PutStatus(
                                                Resources.DAEMON_SETS, next, next.revision()));
        if (view.set().isBeingDeleted() || view.current().isCollision()) {
            return Plan.of(status.stream().toList());
        }
        List<Action> actions = new ArrayList<>(view.current().write().stream().toList());
        // What comes after a refusal is left, so the status comes first then.
        view.refusal().flatMap(_ -> status).ifPresent(actions::add);
        var pods = new DaemonPods(view, now);
        actions.addAll(pods.actions());
        if (view.refusal().isEmpty()) {
            status.ifPresent(actions::add);
        }
        if (actions.isEmpty()) {
            actions.addAll(view.history().truncate(live(view)));
        }
        Plan<Action> plan = Plan.of(actions);
        return Stream.concat(nextAvailable(view, now).stream(), pods.wakeUp().stream())
                .min(Instant::compareTo)
                .map(plan::requeueAt)
                .orElse(plan);
    }

    private static Set<String> live(DaemonSetView view) {
        Set<String> live = new TreeSet<>();
        live.add(view.current().revision().name());
        Set<String> hashes = new TreeSet<>();
        view.pods()
                .values()
                .forEach(
                        pods ->
                                pods.forEach(
                                        pod ->
                                                hashes.add(
                                                        pod.labels()
                                                                .getOrDefault(
                                                                        DaemonTemplate.HASH, ""))));
        for (Resource revision : view.history().revisions()) {
            if (hashes.contains(revision.labels().getOrDefault(DaemonTemplate.HASH, ""))) {
                live.add(revision.name());
            }
        }
        return live;
    }

    /** When the first pod that is ready now will have been so for long enough. */
    private static Optional<Instant> nextAvailable(DaemonSetView view, Instant now) {
        return view.pods().values().stream()
                .flatMap(List::stream)
                .map(pod -> PodLife.availableAt(pod, view.minReady()))
                .flatMap(Optional::stream)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo);
    }
}
