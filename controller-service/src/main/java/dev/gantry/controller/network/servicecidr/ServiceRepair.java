package dev.gantry.controller.network.servicecidr;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Gives a Service the IPAddresses that it lacks, and says what cannot be repaired.
 *
 * <p>Compat: {@code syncService} and its words.
 */
record ServiceRepair(Resource service, ClusterReader cluster) {
    private static final GroupResource ADDRESSES = Kinds.IP_ADDRESS.resource();
    private static final String NOT_ALLOCATED = "ClusterIPNotAllocated";

    /** Those that are given by ranges: none of a headless Service. */
    static List<Address> addresses(Resource service) {
        List<Address> found = new ArrayList<>();
        for (JsonNode each : service.spec().path("clusterIPs")) {
            Address.parse(each.asString("")).ifPresent(found::add);
        }
        return found;
    }

    List<Action> actions() {
        List<AddressBlock> ranges = new ArrayList<>();
        for (Resource each : cluster.list(Kinds.SERVICE_CIDR.resource())) {
            ranges.addAll(ServiceCidrView.ranges(each));
        }
        List<Action> actions = new ArrayList<>();
        for (Address address : addresses(service)) {
            boolean isInRange =
                    ServiceCidrView.isHeldBy(
                            ranges, new AddressBlock(address, address.family().bits()));
            if (isInRange) {
                actions.addAll(repair(address));
            } else {
                actions.add(
                        warning(
                                "ClusterIPOutOfRange",
                                address,
                                " %s is not within any configured Service CIDR; please recreate"
                                        + " service"));
            }
        }
        return actions;
    }

    private List<Action> repair(Address address) {
        Optional<AddressRecord> found =
                cluster.get(AddressRecord.key(address.toString())).map(AddressRecord::new);
        if (found.isEmpty()) {
            return List.of(
                    warning(NOT_ALLOCATED, address, " %s is not allocated; repairing"),
                    made(address));
        }
        AddressRecord record = found.get();
        if (!record.isOf(service)) {
            return isHeldByAnother(record, address)
                    ? List.of(
                            warning(
                                    "ClusterIPAlreadyAllocated",
                                    address,
                                    "%s was assigned to multiple services; please recreate"
                                            + " service"))
                    : List.of(wrongReference(address), removed(record), made(address));
        }
        return record.isLabelled() ? List.of() : List.of(removed(record), made(address));
    }

    /** Else the two would take it from each other for ever. */
    private boolean isHeldByAnother(AddressRecord record, Address address) {
        return record.service()
                .flatMap(cluster::get)
                .filter(other -> addresses(other).contains(address))
                .isPresent();
    }

    private Action wrongReference(Address address) {
        return event(
                NOT_ALLOCATED,
                "the ClusterIP [%s]: %s for Service %s/%s has a wrong reference; repairing"
                        .formatted(
                                address.family().wire(),
                                address,
                                service.namespace(),
                                service.name()));
    }

    private Action warning(String reason, Address address, String words) {
        return event(
                reason,
                "Cluster IP [%s]:".formatted(address.family().wire()) + words.formatted(address));
    }

    private Action event(String reason, String message) {
        return new Action.RecordEvent(Resources.SERVICES, service, true, reason, message);
    }

    private Action made(Address address) {
        return new Action.Create(ADDRESSES, new Resource(AddressRecord.of(address, service)));
    }

    private static Action removed(AddressRecord record) {
        Resource object = record.object();
        return new Action.Delete(
                object.key(ADDRESSES), object.uid(), Action.Propagation.BACKGROUND);
    }
}
