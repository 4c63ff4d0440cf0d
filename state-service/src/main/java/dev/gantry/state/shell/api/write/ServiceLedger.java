package dev.gantry.state.shell.api.write;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.allocation.AddressRange;
import dev.gantry.state.allocation.AddressRecords;
import dev.gantry.state.allocation.Holdings;
import dev.gantry.state.allocation.ServiceAllocation;
import dev.gantry.state.allocation.ServiceRanges;
import dev.gantry.state.allocation.Taken;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who holds which cluster IP and node port: what the stored Services hold, and what was granted to
 * those whose commit is still under way.
 *
 * <p>Invariant: nothing is granted twice. A grant is made under one lock, is pending until its
 * commit is settled, and by then is to be seen in the log, which alone is the truth.
 *
 * <p>Cost: each grant walks over all Services, but decodes only those that changed since the last.
 */
public final class ServiceLedger {
    private final StateLog log;
    private final ServiceAllocation allocation;
    private final Map<ObjectKey, Held> held = new HashMap<>();
    private final Holdings stored = Holdings.none();
    private final Holdings pending = Holdings.none();

    /** Of the ServiceCIDRs that the ranges were read from. */
    private List<Revision> rangesOf = List.of();

    private List<AddressRange> ranges;

    private record Held(Revision revision, Holdings holdings) {}

    public ServiceLedger(StateLog log, ServiceAllocation allocation) {
        this.log = log;
        this.allocation = allocation;
        this.ranges = allocation.ranges();
    }

    /**
     * @param gained what the Service holds now beyond what it held before; empty where it is
     *     refused
     */
    record Grant(Optional<Holdings> gained, Optional<Refusal> refusal) {}

    /** Completes {@code service} in place. */
    synchronized Grant grant(ObjectNode service, Optional<Resource> before, long seed) {
        catchUp();
        Holdings own = before.map(each -> Holdings.of(each.tree())).orElseGet(Holdings::none);
        var taken = new ByOthers(own, new Resource(service));
        List<FieldError> errors = allocation.over(ranges()).allocate(service, before, taken, seed);
        if (!errors.isEmpty()) {
            String name = new Resource(service).name();
            return new Grant(
                    Optional.empty(),
                    Optional.of(new Refusal.Invalid("", "Service", name, errors)));
        }
        Holdings gained = Holdings.of(service).without(own);
        pending.addAll(gained);
        return new Grant(Optional.of(gained), Optional.empty());
    }

    synchronized void settle(Holdings gained) {
        pending.removeAll(gained);
    }

    private List<AddressRange> ranges() {
        List<StoredObject> objects = log.list(Kinds.SERVICE_CIDR.resource(), "").objects();
        List<Revision> revisions = objects.stream().map(StoredObject::revision).toList();
        if (!revisions.equals(rangesOf)) {
            ranges =
                    ServiceRanges.of(
                            allocation.ranges(),
                            objects.stream().map(StoredObject::decode).toList());
            rangesOf = revisions;
        }
        return ranges;
    }

    private void catchUp() {
        List<StoredObject> changed = new ArrayList<>();
        Map<ObjectKey, Held> outdated = new HashMap<>(held);
        for (StoredObject each : log.list(Resources.SERVICES, "").objects()) {
            Held known = held.get(each.key());
            if (known != null && known.revision.equals(each.revision())) {
                outdated.remove(each.key());
            } else {
                changed.add(each);
            }
        }
        // First all that is no longer held, then what is: an address may have changed hands.
        outdated.forEach(
                (key, each) -> {
                    held.remove(key);
                    stored.removeAll(each.holdings);
                });
        for (StoredObject each : changed) {
            Holdings now = Holdings.of(each.decode().tree());
            held.put(each.key(), new Held(each.revision(), now));
            stored.addAll(now);
        }
    }

    private final class ByOthers implements Taken {
        private final Holdings own;
        private final Resource service;

        ByOthers(Holdings own, Resource service) {
            this.own = own;
            this.service = service;
        }

        @Override
        public boolean hasAddress(String address) {
            boolean isStored =
                    stored.addresses().contains(address) && !own.addresses().contains(address);
            return isStored
                    || pending.addresses().contains(address)
                    || AddressRecords.isReserved(address, service, log::get);
        }

        @Override
        public boolean hasPort(String port) {
            boolean isStored = stored.ports().contains(port) && !own.ports().contains(port);
            return isStored || pending.ports().contains(port);
        }
    }
}
