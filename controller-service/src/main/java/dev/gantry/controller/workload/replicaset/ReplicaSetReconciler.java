package dev.gantry.controller.workload.replicaset;

import dev.gantry.controller.pod.PodDeletionOrder;
import dev.gantry.controller.pod.PodFromTemplate;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Example: three wanted, five owned of which one is pending: the pending one and the one that has
 * been ready for the shortest time go.
 */
final class ReplicaSetReconciler implements Reconciler<ReplicaSetView, Action> {
    /** Compat: BurstReplicas. */
    private static final int AT_ONCE = 500;

    private final ReplicaKind kind;

    ReplicaSetReconciler(ReplicaKind kind) {
        this.kind = kind;
    }

    @Override
    public Plan<Action> reconcile(ReplicaSetView view, Instant now) {
        List<Action> actions = new ArrayList<>(view.adoption().actions());
        Optional<Action> status =
                ReplicaSetStatus.of(view, kind, now)
                        .map(next -> new Action.PutStatus(kind.resource(), next, next.revision()));
        // What was refused before may be refused again: say so first.
        view.refusal().flatMap(_ -> status).ifPresent(actions::add);
        if (!view.replicaSet().isBeingDeleted()) {
            int missing = view.wanted() - view.adoption().owned().size();
            actions.addAll(missing >= 0 ? create(missing, view) : delete(-missing, view, now));
        }
        if (view.refusal().isEmpty()) {
            status.ifPresent(actions::add);
        }
        Plan<Action> plan = Plan.of(actions);
        return nextAvailable(view, now).map(plan::requeueAt).orElse(plan);
    }

    private static List<Action> create(int missing, ReplicaSetView view) {
        List<Action> actions = new ArrayList<>();
        Resource set = view.replicaSet();
        JsonNode template = set.spec().path("template");
        for (int i = 0; i < Math.min(missing, AT_ONCE); i++) {
            actions.add(new Action.Create(Resources.PODS, PodFromTemplate.of(template, set)));
        }
        return actions;
    }

    private static List<Action> delete(int surplus, ReplicaSetView view, Instant now) {
        List<Resource> owned = view.adoption().owned();
        return PodDeletionOrder.sorted(owned, view.podsPerNode(), now).stream()
                .limit(Math.min(surplus, AT_ONCE))
                .<Action>map(
                        pod ->
                                new Action.Delete(
                                        pod.key(Resources.PODS), pod.uid(), Propagation.BACKGROUND))
                .toList();
    }

    /** When the first pod that is ready now will have been so for long enough. */
    private static Optional<Instant> nextAvailable(ReplicaSetView view, Instant now) {
        return view.adoption().owned().stream()
                .map(pod -> PodLife.availableAt(pod, view.minReady()))
                .flatMap(Optional::stream)
                .filter(at -> at.isAfter(now))
                .min(Instant::compareTo);
    }
}
