package dev.gantry.controller.aggregate;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.World;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at every aggregate when any role changes: there are few of either. */
public final class ClusterRoleAggregationController implements Controller {
    private static final GroupResource ROLES = Resources.CLUSTER_ROLES;

    private final AggregateReconciler reconciler = new AggregateReconciler();

    @Override
    public String component() {
        return "clusterrole-aggregation-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(ROLES);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        for (Resource role : world.list(ROLES)) {
            if (AggregateView.isAggregate(role)) {
                look.accept(role.key(ROLES));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return AggregateView.of(key, world)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }
}
