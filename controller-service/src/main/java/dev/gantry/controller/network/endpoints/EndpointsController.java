package dev.gantry.controller.network.endpoints;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a Service when it, a pod behind it, or its Endpoints change. */
public final class EndpointsController implements Controller {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final GroupResource ENDPOINTS = Resources.ENDPOINTS;
    private static final GroupResource PODS = Resources.PODS;

    private final EndpointsReconciler reconciler = new EndpointsReconciler();

    @Override
    public String component() {
        return "endpoint-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SERVICES, ENDPOINTS, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            Backends.servicesOf(change.before(), change.after(), cluster, enqueue);
        } else {
            enqueue.accept(new ObjectKey(SERVICES, change.key().namespace(), change.key().name()));
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(EndpointsView.of(key, cluster), now);
    }
}
