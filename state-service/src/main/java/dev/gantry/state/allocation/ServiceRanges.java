package dev.gantry.state.allocation;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * From which ranges Services get their addresses: those of the cluster's settings, the preferred
 * family first, and those of ServiceCIDRs that are in use.
 *
 * <p>Compat: a ServiceCIDR counts unless it is being deleted or is said not to be Ready ({@code
 * cidrallocator.go}). The ranges of the settings are those of the default one.
 */
public final class ServiceRanges {
    private static final String DEFAULT = "kubernetes";

    private ServiceRanges() {}

    /**
     * @param settings one range per family, the cluster's preferred one first
     * @param objects all ServiceCIDRs, in the order of their names
     */
    public static List<AddressRange> of(List<AddressRange> settings, List<Resource> objects) {
        Set<AddressRange> usable = new LinkedHashSet<>();
        boolean isDefaultUsable =
                objects.stream()
                        .filter(each -> each.name().equals(DEFAULT))
                        .allMatch(ServiceRanges::isUsable);
        if (isDefaultUsable) {
            usable.addAll(settings);
        }
        for (Resource each : objects) {
            if (isUsable(each)) {
                for (JsonNode cidr : each.spec().path("cidrs")) {
                    usable.addAll(range(cidr.asString("")));
                }
            }
        }
        return List.copyOf(usable);
    }

    private static boolean isUsable(Resource serviceCidr) {
        JsonNode conditions = serviceCidr.status().path("conditions");
        return !serviceCidr.isBeingDeleted()
                && (Conditions.find(conditions, "Ready").isEmpty()
                        || Conditions.isTrue(conditions, "Ready"));
    }

    /** None where it has no room for Services. */
    private static List<AddressRange> range(String cidr) {
        boolean hasRoom =
                AddressBlock.parse(cidr)
                        .filter(block -> block.family().bits() - block.prefix() >= 2)
                        .isPresent();
        return hasRoom ? List.of(AddressRange.parse(cidr)) : List.of();
    }
}
