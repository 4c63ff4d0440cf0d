package dev.gantry.controller.workload.replicaset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.pod.PodNews;
import dev.gantry.controller.workload.dependent.DependentKeys;
import dev.gantry.controller.workload.dependent.PodEvents;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a ReplicaSet, or its older twin, when it changes, or a pod of it. */
public final class ReplicaSetController implements Controller {
    private static final GroupResource PODS = Resources.PODS;

    private final ReplicaKind kind;
    private final DependentKeys keys;
    private final ReplicaSetReconciler reconciler;

    private ReplicaSetController(ReplicaKind kind) {
        this.kind = kind;
        this.keys = new DependentKeys(kind.resource(), kind.kindName(), kind::selector);
        this.reconciler = new ReplicaSetReconciler(kind);
    }

    public ReplicaSetController() {
        this(ReplicaKind.REPLICA_SET);
    }

    public static ReplicaSetController ofReplicationControllers() {
        return new ReplicaSetController(ReplicaKind.REPLICATION_CONTROLLER);
    }

    @Override
    public String component() {
        return kind.component();
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(PODS, kind.resource());
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(kind.resource())) {
            enqueue.accept(change.key());
            return;
        }
        if (!PodNews.isIn(change)) {
            return;
        }
        change.before().ifPresent(pod -> keys.of(pod, cluster, enqueue));
        change.after().ifPresent(pod -> keys.of(pod, cluster, enqueue));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return ReplicaSetView.of(kind, key, cluster)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return PodEvents.done(action, result).flatMap(text -> text.about(key, cluster));
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return PodEvents.refused(action, message).flatMap(text -> text.about(key, cluster));
    }
}
