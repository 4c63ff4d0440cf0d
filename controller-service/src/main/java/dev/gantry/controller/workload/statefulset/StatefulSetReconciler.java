package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One step of a StatefulSet: note its template, move its pods, say how far it is, clean up. */
final class StatefulSetReconciler implements Reconciler<StatefulSetView, Action> {
    @Override
    public Plan<Action> reconcile(StatefulSetView view, Instant now) {
        if (!view.writes().isEmpty()) {
            return Plan.of(view.writes()); // pods and revisions come back as its own
        }
        Optional<Action> status =
                StatefulSetStatus.of(view, now)
                        .map(
                                next ->
                                        new Action.PutStatus(
                                                Resources.STATEFUL_SETS, next, next.revision()));
        if (view.set().isBeingDeleted() || view.current().isCollision()) {
            return Plan.of(status.stream().toList());
        }
        List<Action> actions = new ArrayList<>(view.current().write().stream().toList());
        // What comes after a refusal is left, so the status comes first then.
        view.refusal().flatMap(_ -> status).ifPresent(actions::add);
        actions.addAll(new Rollout(view, now).actions());
        if (view.refusal().isEmpty()) {
            status.ifPresent(actions::add);
        }
        if (actions.isEmpty()) {
            actions.addAll(view.history().truncate(live(view)));
        }
        Plan<Action> plan = Plan.of(actions);
        return nextAvailable(view, now).map(plan::requeueAt).orElse(plan);
    }

    private static Set<String> live(StatefulSetView view) {
        Set<String> live = new TreeSet<>();
        live.add(view.current().revision().name());
        live.add(Rollout.previous(view));
        view.pods().values().forEach(pod -> live.add(Identity.revision(pod)));
        return live;
    }

    /** When the first pod that is ready now will have been so for long enough. */
    private static Optional<Instant> nextAvailable(StatefulSetView view, Instant now) {
        var spec = new SetSpec(view.set());
        return view.pods().values().stream()
                .map(pod -> PodLife.availableAt(pod, spec.minReady()))
                .flatMap(Optional::stream)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo);
    }
}
