package dev.gantry.controller.network.servicecidr;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.AddressRecord;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one ServiceCIDR may see.
 *
 * @param others the ranges of all other ServiceCIDRs
 * @param addresses that Services have, of any range; those that somebody else made do not count
 */
record ServiceCidrView(
        Resource serviceCidr, List<AddressBlock> others, List<AddressBlock> addresses) {
    static ServiceCidrView of(Resource serviceCidr, ClusterReader cluster) {
        List<AddressBlock> others = new ArrayList<>();
        for (Resource each : cluster.list(Kinds.SERVICE_CIDR.resource())) {
            if (!each.name().equals(serviceCidr.name())) {
                others.addAll(ranges(each));
            }
        }
        List<AddressBlock> addresses = new ArrayList<>();
        if (serviceCidr.isBeingDeleted()) {
            for (Resource each : cluster.list(Kinds.IP_ADDRESS.resource())) {
                if (new AddressRecord(each).isManaged()) {
                    alone(each.name()).ifPresent(addresses::add);
                }
            }
        }
        return new ServiceCidrView(serviceCidr, others, addresses);
    }

    /**
     * Whether no address would be left outside of all ranges.
     *
     * <p>Compat: {@code canDeleteCIDR} of servicecidrs_controller.go.
     */
    boolean isDispensable() {
        List<AddressBlock> own = ranges(serviceCidr);
        return own.stream().allMatch(each -> isHeldBy(others, each))
                || addresses.stream()
                        .filter(each -> isHeldBy(own, each))
                        .allMatch(each -> isHeldBy(others, each));
    }

    static boolean isHeldBy(List<AddressBlock> ranges, AddressBlock block) {
        return ranges.stream()
                .anyMatch(each -> each.prefix() <= block.prefix() && each.overlaps(block));
    }

    static List<AddressBlock> ranges(Resource serviceCidr) {
        List<AddressBlock> found = new ArrayList<>();
        for (JsonNode each : serviceCidr.spec().path("cidrs")) {
            AddressBlock.parse(each.asString("")).ifPresent(found::add);
        }
        return found;
    }

    static Optional<AddressBlock> alone(String address) {
        return Address.parse(address).map(each -> new AddressBlock(each, each.family().bits()));
    }
}
