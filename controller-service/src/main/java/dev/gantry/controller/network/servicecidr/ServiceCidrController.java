package dev.gantry.controller.network.servicecidr;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles ServiceCIDRs when one of them changes, and those that go when an address does. */
public final class ServiceCidrController implements Controller {
    private static final GroupResource SERVICE_CIDRS = Kinds.SERVICE_CIDR.resource();
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();

    private final ServiceCidrReconciler reconciler = new ServiceCidrReconciler();

    @Override
    public String component() {
        return "service-cidr-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SERVICE_CIDRS, ADDRESSES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(ADDRESSES) && change.after().isPresent()) {
            return;
        }
        for (Resource each : cluster.list(SERVICE_CIDRS)) {
            if (change.isOf(SERVICE_CIDRS) || each.isBeingDeleted()) {
                enqueue.accept(each.key(SERVICE_CIDRS));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(each -> reconciler.reconcile(ServiceCidrView.of(each, cluster), now))
                .orElse(Plan.settled());
    }
}
