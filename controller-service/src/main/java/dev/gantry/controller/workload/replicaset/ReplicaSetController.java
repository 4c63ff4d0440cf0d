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
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a ReplicaSet when it changes, or a pod that it has or might adopt. */
public final class ReplicaSetController implements Controller {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource SETS = Resources.REPLICA_SETS;

    private final ReplicaSetReconciler reconciler = new ReplicaSetReconciler();

    @Override
    public String component() {
        return "replicaset-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(PODS, SETS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SETS)) {
            enqueue.accept(change.key());
            return;
        }
        change.before().ifPresent(pod -> keysFor(pod, cluster, enqueue));
        change.after().ifPresent(pod -> keysFor(pod, cluster, enqueue));
    }

    private static void keysFor(Resource pod, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Owner> owner = pod.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals("ReplicaSet")) {
                enqueue.accept(new ObjectKey(SETS, pod.namespace(), owner.get().name()));
            }
            return;
        }
        for (Resource set : cluster.list(SETS, pod.namespace())) {
            if (LabelSelector.of(set.spec().path("selector")).selects(pod.labels())) {
                enqueue.accept(set.key(SETS));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return ReplicaSetView.of(key, cluster)
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
