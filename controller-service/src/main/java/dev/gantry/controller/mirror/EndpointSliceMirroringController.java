package dev.gantry.controller.mirror;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.World;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at Endpoints when they, their Service, or a slice that mirrors them changes. */
public final class EndpointSliceMirroringController implements Controller {
    private final MirrorReconciler reconciler = new MirrorReconciler();

    @Override
    public String component() {
        return "endpoint-slice-mirroring-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(MirrorView.ENDPOINTS, MirrorView.SERVICES, MirrorView.SLICES);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        if (change.isOf(MirrorView.ENDPOINTS)) {
            // Cost: those that a controller keeps change with every pod.
            ObjectKey service =
                    new ObjectKey(
                            MirrorView.SERVICES, change.key().namespace(), change.key().name());
            if (world.get(service).filter(MirrorView::hasSelector).isEmpty()) {
                look.accept(change.key());
            }
        } else if (change.isOf(MirrorView.SERVICES)) {
            if (isByHand(change.before()) || isByHand(change.after())) {
                look.accept(endpoints(change.key(), change.key().name()));
            }
        } else {
            change.before().ifPresent(slice -> mirrored(change.key(), slice, look));
            change.after().ifPresent(slice -> mirrored(change.key(), slice, look));
        }
    }

    private static boolean isByHand(Optional<Resource> service) {
        return service.isPresent() && !MirrorView.hasSelector(service.get());
    }

    private static void mirrored(ObjectKey key, Resource slice, Consumer<ObjectKey> look) {
        String service = slice.labels().get(MirrorView.SERVICE_NAME);
        if (service != null && MirrorView.isOurs(slice)) {
            look.accept(endpoints(key, service));
        }
    }

    private static ObjectKey endpoints(ObjectKey near, String name) {
        return new ObjectKey(MirrorView.ENDPOINTS, near.namespace(), name);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return reconciler.reconcile(MirrorView.of(key, world), now);
    }
}
