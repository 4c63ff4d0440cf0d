package dev.gantry.controller.network.servicecidr;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at a Service and at an IPAddress when either changes.
 *
 * <p>Compat: {@code RepairIPAddress} of kube-apiserver, which looks at all of them every three
 * minutes, too.
 */
public final class ClusterIpRepairController implements Controller {
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();
    private static final GroupResource SERVICE_CIDRS = Kinds.SERVICE_CIDR.resource();

    @Override
    public String component() {
        return "ipallocator-repair-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(Resources.SERVICES, ADDRESSES, SERVICE_CIDRS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SERVICE_CIDRS)) {
            return;
        }
        enqueue.accept(change.key());
        if (change.isOf(ADDRESSES)) {
            new AddressRecord(change.newest()).service().ifPresent(enqueue);
        } else {
            List<Address> kept = addresses(change.after());
            addresses(change.before()).stream()
                    .filter(each -> !kept.contains(each))
                    .forEach(each -> enqueue.accept(AddressRecord.key(each.toString())));
        }
    }

    private static List<Address> addresses(Optional<Resource> service) {
        return service.map(ServiceRepair::addresses).orElse(List.of());
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        if (reconcile(key, cluster, Instant.MAX).isSettled()) {
            return LiveReads.NONE;
        }
        List<ObjectKey> objects = new ArrayList<>(List.of(key));
        if (key.resource().equals(ADDRESSES)) {
            holder(key, cluster).ifPresent(objects::add);
            return LiveReads.objects(objects);
        }
        for (Address each : addresses(cluster.get(key))) {
            ObjectKey record = AddressRecord.key(each.toString());
            objects.add(record);
            holder(record, cluster).ifPresent(objects::add);
        }
        return new LiveReads(objects, List.of(SERVICE_CIDRS), "", List.of());
    }

    private static Optional<ObjectKey> holder(ObjectKey address, ClusterReader cluster) {
        return cluster.get(address).flatMap(each -> new AddressRecord(each).service());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> found = cluster.get(key);
        if (found.isEmpty()) {
            return Plan.settled();
        }
        return key.resource().equals(ADDRESSES)
                ? AddressRepair.plan(new AddressRecord(found.get()), cluster::get, now)
                : Plan.of(new ServiceRepair(found.get(), cluster).actions());
    }
}
