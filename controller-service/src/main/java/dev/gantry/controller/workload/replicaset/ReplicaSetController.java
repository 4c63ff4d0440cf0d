package dev.gantry.controller.workload.replicaset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
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
    private final ReplicaSetReconciler reconciler;

    private ReplicaSetController(ReplicaKind kind) {
        this.kind = kind;
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
        change.before().ifPresent(pod -> keysFor(pod, cluster, enqueue));
        change.after().ifPresent(pod -> keysFor(pod, cluster, enqueue));
    }

    private void keysFor(Resource pod, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Owner> owner = pod.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals(kind.kindName())) {
                enqueue.accept(new ObjectKey(kind.resource(), pod.namespace(), owner.get().name()));
            }
            return;
        }
        for (Resource set : cluster.list(kind.resource(), pod.namespace())) {
            if (kind.selector(set).selects(pod.labels())) {
                enqueue.accept(set.key(kind.resource()));
            }
        }
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
        return switch (action) {
            case Action.Create _ -> result.flatMap(pod -> created(pod).about(key, cluster));
            case Action.Delete gone -> deleted(gone.key()).about(key, cluster);
            default -> Optional.empty();
        };
    }

    private static EventText created(Resource pod) {
        return EventText.normal("SuccessfulCreate", "Created pod: " + pod.name());
    }

    private static EventText deleted(ObjectKey pod) {
        return EventText.normal("SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return switch (action) {
            case Action.Create _ ->
                    EventText.warning("FailedCreate", "Error creating: " + message)
                            .about(key, cluster);
            case Action.Delete _ ->
                    EventText.warning("FailedDelete", "Error deleting: " + message)
                            .about(key, cluster);
            default -> Optional.empty();
        };
    }
}
