package dev.gantry.controller.network.endpointslicemirroring;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.ServiceSlices;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles Endpoints when they, their Service, or a slice that mirrors them changes. */
public final class EndpointSliceMirroringController implements Controller {
    private final EndpointSliceMirroringReconciler reconciler =
            new EndpointSliceMirroringReconciler();

    @Override
    public String component() {
        return "endpoint-slice-mirroring-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(
                EndpointSliceMirroringView.ENDPOINTS,
                EndpointSliceMirroringView.SERVICES,
                EndpointSliceMirroringView.SLICES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(EndpointSliceMirroringView.ENDPOINTS)) {
            // Cost: those that a controller keeps change with every pod.
            ObjectKey service =
                    new ObjectKey(
                            EndpointSliceMirroringView.SERVICES,
                            change.key().namespace(),
                            change.key().name());
            if (cluster.get(service).filter(EndpointSliceMirroringView::hasSelector).isEmpty()) {
                enqueue.accept(change.key());
            }
        } else if (change.isOf(EndpointSliceMirroringView.SERVICES)) {
            if (isByHand(change.before()) || isByHand(change.after())) {
                enqueue.accept(endpoints(change.key(), change.key().name()));
            }
        } else {
            change.before().ifPresent(slice -> mirrored(change.key(), slice, enqueue));
            change.after().ifPresent(slice -> mirrored(change.key(), slice, enqueue));
        }
    }

    private static boolean isByHand(Optional<Resource> service) {
        return service.isPresent() && !EndpointSliceMirroringView.hasSelector(service.get());
    }

    private static void mirrored(ObjectKey key, Resource slice, Consumer<ObjectKey> enqueue) {
        if (EndpointSliceMirroringView.isOurs(slice)) {
            ServiceSlices.serviceOf(slice)
                    .ifPresent(service -> enqueue.accept(endpoints(key, service.name())));
        }
    }

    private static ObjectKey endpoints(ObjectKey near, String name) {
        return new ObjectKey(EndpointSliceMirroringView.ENDPOINTS, near.namespace(), name);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(EndpointSliceMirroringView.of(key, cluster), now);
    }
}
