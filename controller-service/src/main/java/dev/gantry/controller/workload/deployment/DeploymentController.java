package dev.gantry.controller.workload.deployment;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.controller.workload.dependent.DependentKeys;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a Deployment when it or one of its ReplicaSets changes, or when a pod of it goes. */
public final class DeploymentController implements Controller {
    private static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;
    private static final GroupResource SETS = Resources.REPLICA_SETS;
    private static final GroupResource PODS = Resources.PODS;

    private static final DependentKeys KEYS =
            new DependentKeys(
                    DEPLOYMENTS,
                    "Deployment",
                    each -> LabelSelector.of(each.spec().path("selector")));

    private final DeploymentReconciler reconciler = new DeploymentReconciler();

    @Override
    public String component() {
        return "deployment-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(DEPLOYMENTS, SETS, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(DEPLOYMENTS)) {
            enqueue.accept(change.key());
        } else if (change.isOf(SETS)) {
            change.before().ifPresent(set -> KEYS.of(set, cluster, enqueue));
            change.after().ifPresent(set -> KEYS.of(set, cluster, enqueue));
        } else if (change.after().isEmpty()) {
            keysForLost(change.newest(), cluster, enqueue);
        }
    }

    /** Only one that recreates its pods waits for them to go; others look at their ReplicaSets. */
    private static void keysForLost(
            Resource pod, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        pod.controller()
                .flatMap(set -> cluster.get(new ObjectKey(SETS, pod.namespace(), set.name())))
                .ifPresent(
                        set ->
                                KEYS.of(
                                        set,
                                        cluster,
                                        key ->
                                                cluster.get(key)
                                                        .filter(DeploymentView::recreates)
                                                        .ifPresent(_ -> enqueue.accept(key))));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return DeploymentView.of(key, cluster)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        if (!(action instanceof Action.Create) || result.isEmpty()) {
            return Optional.empty();
        }
        Resource set = result.get();
        int replicas = set.spec().path("replicas").asInt(0);
        if (replicas == 0) {
            return Optional.empty();
        }
        String message = "Scaled up replica set %s from 0 to %d".formatted(set.name(), replicas);
        return EventText.normal("ScalingReplicaSet", message).about(key, cluster);
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        if (!(action instanceof Action.Create create)) {
            return Optional.empty();
        }
        String told =
                "Failed to create new replica set \"%s\": %s"
                        .formatted(create.object().name(), message);
        return EventText.warning("ReplicaSetCreateError", told).about(key, cluster);
    }
}
