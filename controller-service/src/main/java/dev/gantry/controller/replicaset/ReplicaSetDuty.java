package dev.gantry.controller.replicaset;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.duty.World;
import dev.gantry.model.kind.BuiltinKind;
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

/** Looks at a ReplicaSet when it changes, or a pod that it has or might adopt. */
public final class ReplicaSetDuty implements Duty {
    private static final GroupResource PODS = BuiltinKind.POD.resource();
    private static final GroupResource SETS = BuiltinKind.REPLICA_SET.resource();

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
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(SETS)) {
            look.accept(change.key());
            return;
        }
        change.before().ifPresent(pod -> concerns(pod, world, look));
        change.after().ifPresent(pod -> concerns(pod, world, look));
    }

    private static void concerns(Resource pod, World world, Consumer<ObjectKey> look) {
        Optional<Owner> owner = pod.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals("ReplicaSet")) {
                look.accept(new ObjectKey(SETS, pod.namespace(), owner.get().name()));
            }
            return;
        }
        for (Resource set : world.list(SETS, pod.namespace())) {
            if (LabelSelector.of(set.spec().path("selector")).selects(pod.labels())) {
                look.accept(set.key(SETS));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return ReplicaSetView.of(key, world)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.Tell> done(
            ObjectKey key, World world, Action action, Optional<Resource> result) {
        return switch (action) {
            case Action.Create _ ->
                    result.flatMap(
                            pod ->
                                    tell(
                                            key,
                                            world,
                                            "SuccessfulCreate",
                                            "Created pod: " + pod.name()));
            case Action.Delete gone ->
                    tell(key, world, "SuccessfulDelete", "Deleted pod: " + gone.key().name());
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<Action.Tell> refused(
            ObjectKey key, World world, Action action, String message) {
        return switch (action) {
            case Action.Create _ -> warn(key, world, "FailedCreate", "Error creating: " + message);
            case Action.Delete _ -> warn(key, world, "FailedDelete", "Error deleting: " + message);
            default -> Optional.empty();
        };
    }

    private static Optional<Action.Tell> tell(
            ObjectKey key, World world, String reason, String message) {
        return world.get(key).map(set -> new Action.Tell(SETS, set, false, reason, message));
    }

    private static Optional<Action.Tell> warn(
            ObjectKey key, World world, String reason, String message) {
        return world.get(key).map(set -> new Action.Tell(SETS, set, true, reason, message));
    }
}
