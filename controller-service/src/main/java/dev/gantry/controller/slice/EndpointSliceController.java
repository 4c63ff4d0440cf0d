package dev.gantry.controller.slice;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.Remark;
import dev.gantry.client.controller.World;
import dev.gantry.controller.backend.Backends;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at a Service when it, a pod behind it, or one of its slices changes. */
public final class EndpointSliceController implements Controller {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final GroupResource SLICES = Resources.ENDPOINT_SLICES;
    private static final GroupResource PODS = Resources.PODS;

    private final SliceReconciler reconciler = new SliceReconciler();

    @Override
    public String component() {
        return "endpoint-slice-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SERVICES, SLICES, PODS);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(SERVICES)) {
            look.accept(change.key());
        } else if (change.isOf(PODS)) {
            Backends.servicesOf(change.before(), change.after(), world, look);
        } else {
            String service = change.newest().labels().get(SliceView.SERVICE_NAME);
            if (service != null) {
                look.accept(new ObjectKey(SERVICES, change.key().namespace(), service));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return SliceView.of(key, world)
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.Tell> refused(
            ObjectKey key, World world, Action action, String message) {
        String told =
                "Error updating Endpoint Slices for Service %s/%s: %s"
                        .formatted(key.namespace(), key.name(), message);
        return Remark.warning("FailedToUpdateEndpointSlices", told).about(key, world);
    }
}
