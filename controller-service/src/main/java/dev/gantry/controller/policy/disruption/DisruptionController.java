package dev.gantry.controller.policy.disruption;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.pod.PodNews;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reconciles a budget when it changes, or one of its pods, or what scales them. */
public final class DisruptionController implements Controller {
    static final GroupResource BUDGETS = Resources.POD_DISRUPTION_BUDGETS;
    static final GroupResource PODS = Resources.PODS;
    static final GroupResource SETS = Resources.REPLICA_SETS;
    static final GroupResource DEPLOYMENTS = Resources.DEPLOYMENTS;

    private final DisruptionReconciler reconciler = new DisruptionReconciler();

    /** Compat: that is what upstream's events of this controller say. */
    @Override
    public String component() {
        return "controllermanager";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(
                BUDGETS,
                PODS,
                SETS,
                DEPLOYMENTS,
                Resources.STATEFUL_SETS,
                Resources.REPLICATION_CONTROLLERS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(BUDGETS)) {
            enqueue.accept(change.key());
            return;
        }
        if (change.isOf(PODS) ? !PodNews.isIn(change) : !isRescaled(change)) {
            return;
        }
        for (Resource budget : cluster.list(BUDGETS, change.key().namespace())) {
            if (!change.isOf(PODS) || touches(change, budget)) {
                enqueue.accept(budget.key(BUDGETS));
            }
        }
    }

    private static boolean touches(Change change, Resource budget) {
        Predicate<Resource> selector = DisruptionView.selector(budget);
        return change.before().filter(selector).isPresent()
                || change.after().filter(selector).isPresent();
    }

    /** Statuses of sets and deployments change often, and mean nothing here. */
    private static boolean isRescaled(Change change) {
        return change.before().isEmpty()
                || change.after().isEmpty()
                || !change.before()
                        .get()
                        .spec()
                        .path("replicas")
                        .equals(change.after().get().spec().path("replicas"))
                || !change.before().get().owners().equals(change.after().get().owners());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return DisruptionView.of(key, cluster)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }
}
