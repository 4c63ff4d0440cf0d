package dev.gantry.controller.replicaset;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Remark;
import dev.gantry.client.controller.World;
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

/** Looks at a ReplicaSet when it changes, or a pod that it has or might adopt. */
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
            case Action.Create _ -> result.flatMap(pod -> created(pod).about(key, world));
            case Action.Delete gone -> deleted(gone.key()).about(key, world);
            default -> Optional.empty();
        };
    }

    private static Remark created(Resource pod) {
        return Remark.normal("SuccessfulCreate", "Created pod: " + pod.name());
    }

    private static Remark deleted(ObjectKey pod) {
        return Remark.normal("SuccessfulDelete", "Deleted pod: " + pod.name());
    }

    @Override
    public Optional<Action.Tell> refused(
            ObjectKey key, World world, Action action, String message) {
        return switch (action) {
            case Action.Create _ ->
                    Remark.warning("FailedCreate", "Error creating: " + message).about(key, world);
            case Action.Delete _ ->
                    Remark.warning("FailedDelete", "Error deleting: " + message).about(key, world);
            default -> Optional.empty();
        };
    }
}
