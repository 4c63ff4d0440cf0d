package dev.gantry.controller.network.loadbalancer;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a decision about one Service may see.
 *
 * @param taken which other Service has an address
 * @param contested those of the Service's own addresses that an older one has, too
 */
record LoadBalancerView(
        Resource service, AddressPool pool, Map<Address, ObjectKey> taken, Set<Address> contested) {
    /**
     * @param granted to other Services, whose status may not show it yet
     */
    static LoadBalancerView of(
            Resource service,
            ClusterReader cluster,
            AddressPool pool,
            Map<Address, ObjectKey> granted) {
        List<Address> own = Balanced.addresses(service, pool);
        Map<Address, ObjectKey> taken = new HashMap<>(granted);
        Set<Address> contested = new HashSet<>();
        for (Resource other : cluster.list(Resources.SERVICES)) {
            if (other.uid().equals(service.uid())) {
                continue;
            }
            for (Address each : Balanced.addresses(other, pool)) {
                taken.put(each, other.key(Resources.SERVICES));
                if (own.contains(each) && isOlder(other, service)) {
                    contested.add(each);
                }
            }
        }
        return new LoadBalancerView(service, pool, taken, contested);
    }

    static boolean isConcerned(Resource service) {
        return Balanced.isWanted(service) || Balanced.isMarked(service);
    }

    private static boolean isOlder(Resource other, Resource service) {
        Instant its = other.creationTime().orElse(Instant.MAX);
        Instant ours = service.creationTime().orElse(Instant.MAX);
        return its.equals(ours)
                ? other.uid().value().compareTo(service.uid().value()) < 0
                : its.isBefore(ours);
    }
}
