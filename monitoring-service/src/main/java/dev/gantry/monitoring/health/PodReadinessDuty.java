package dev.gantry.monitoring.health;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.duty.World;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at a node that is unreachable when that begins, and when a pod on it changes. */
public final class PodReadinessDuty implements Duty {
    private static final GroupResource NODES = BuiltinKind.NODE.resource();
    private static final GroupResource PODS = BuiltinKind.POD.resource();

    private final PodReadinessReconciler reconciler = new PodReadinessReconciler();

    @Override
    public String component() {
        return "node-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES, PODS);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(NODES)) {
            change.after()
                    .filter(PodReadinessDuty::isUnreachable)
                    .ifPresent(_ -> look.accept(change.key()));
            return;
        }
        ObjectKey node =
                new ObjectKey(NODES, "", Resource.text(change.newest().spec(), "nodeName"));
        world.get(node).filter(PodReadinessDuty::isUnreachable).ifPresent(_ -> look.accept(node));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        if (world.get(key).filter(PodReadinessDuty::isUnreachable).isEmpty()) {
            return Plan.settled();
        }
        List<Resource> pods =
                world.list(PODS).stream()
                        .filter(pod -> Resource.text(pod.spec(), "nodeName").equals(key.name()))
                        .toList();
        return reconciler.reconcile(new PodReadinessView(pods), now);
    }

    private static boolean isUnreachable(Resource node) {
        return Conditions.find(node.status().path("conditions"), "Ready")
                .filter(each -> Resource.text(each, "status").equals("Unknown"))
                .isPresent();
    }
}
