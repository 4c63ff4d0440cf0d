package dev.gantry.controller.workload.replicaset;

import dev.gantry.controller.owner.Ownership;
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
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Example: three wanted, five owned of which one is pending: the pending one and the one that has
 * been ready for the shortest time go.
 */
final class ReplicaSetReconciler implements Reconciler<ReplicaSetView, Action> {
    /** Compat: BurstReplicas. */
    private static final int AT_ONCE = 500;

    @Override
    public Plan<Action> reconcile(ReplicaSetView view, Instant now) {
        List<Action> actions = new ArrayList<>(view.adoption().actions());
        Optional<Action> status =
                ReplicaSetStatus.of(view, now)
                        .map(
                                next ->
                                        new Action.PutStatus(
                                                Resources.REPLICA_SETS, next, next.revision()));
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
        for (int i = 0; i < Math.min(missing, AT_ONCE); i++) {
            actions.add(new Action.Create(Resources.PODS, podOf(view.replicaSet())));
        }
        return actions;
    }

    private static List<Action> delete(int surplus, ReplicaSetView view, Instant now) {
        return view.adoption().owned().stream()
                .sorted(PodDeletionOrder.of(view.podsPerNode(), now))
                .limit(Math.min(surplus, AT_ONCE))
                .<Action>map(
                        pod ->
                                new Action.Delete(
                                        pod.key(Resources.PODS), pod.uid(), Propagation.BACKGROUND))
                .toList();
    }

    private static Resource podOf(Resource replicaSet) {
        JsonNode template = replicaSet.spec().path("template");
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("generateName", replicaSet.name() + "-");
        metadata.put("namespace", replicaSet.namespace());
        for (String field : List.of("labels", "annotations", "finalizers")) {
            JsonNode value = template.path("metadata").path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.reference(replicaSet));
        pod.set("spec", template.path("spec").deepCopy());
        return new Resource(pod);
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
