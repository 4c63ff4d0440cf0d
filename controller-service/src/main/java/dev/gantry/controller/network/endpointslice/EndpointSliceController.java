package dev.gantry.controller.network.endpointslice;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.client.controller.ServiceSlices;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a Service when it, a pod behind it, or one of its slices changes. */
public final class EndpointSliceController implements Controller {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final GroupResource SLICES = Resources.ENDPOINT_SLICES;
    private static final GroupResource PODS = Resources.PODS;

    private final EndpointSliceReconciler reconciler = new EndpointSliceReconciler();

    @Override
    public String component() {
        return "endpoint-slice-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SERVICES, SLICES, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SERVICES)) {
            enqueue.accept(change.key());
        } else if (change.isOf(PODS)) {
            Backends.servicesOf(change.before(), change.after(), cluster, enqueue);
        } else {
            // Compat: a slice that was given another Service is news for both.
            change.before().flatMap(ServiceSlices::serviceOf).ifPresent(enqueue);
            change.after().flatMap(ServiceSlices::serviceOf).ifPresent(enqueue);
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return EndpointSliceView.of(key, cluster)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        String told =
                "Error updating Endpoint Slices for Service %s/%s: %s"
                        .formatted(key.namespace(), key.name(), message);
        return EventText.warning("FailedToUpdateEndpointSlices", told).about(key, cluster);
    }
}
