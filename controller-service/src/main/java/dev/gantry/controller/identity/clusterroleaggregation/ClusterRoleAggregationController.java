package dev.gantry.controller.identity.clusterroleaggregation;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles every aggregate when any role changes: there are few of either. */
public final class ClusterRoleAggregationController implements Controller {
    private static final GroupResource ROLES = Resources.CLUSTER_ROLES;

    private final ClusterRoleAggregationReconciler reconciler =
            new ClusterRoleAggregationReconciler();

    @Override
    public String component() {
        return "clusterrole-aggregation-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(ROLES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Resource role : cluster.list(ROLES)) {
            if (ClusterRoleAggregationView.isAggregate(role)) {
                enqueue.accept(role.key(ROLES));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return ClusterRoleAggregationView.of(key, cluster)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }
}
