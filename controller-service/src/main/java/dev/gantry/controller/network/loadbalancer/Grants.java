package dev.gantry.controller.network.loadbalancer;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was given to Services whose status may not show it yet. Mutable with one owner.
 *
 * <p>Invariant: an address that may have been written stays granted until the Service shows one of
 * those that it was given: a write whose answer was lost counts, too.
 */
final class Grants {
    private final Map<ObjectKey, Set<Address>> granted = new HashMap<>();

    void add(ObjectKey service, Collection<Address> addresses) {
        granted.computeIfAbsent(service, _ -> new HashSet<>()).addAll(addresses);
    }

    /** To be told of the addresses that the Service is seen to have. */
    void seen(ObjectKey service, Collection<Address> addresses) {
        Set<Address> own = granted.getOrDefault(service, Set.of());
        if (addresses.stream().anyMatch(own::contains)) {
            granted.remove(service);
        }
    }

    void forget(ObjectKey service) {
        granted.remove(service);
    }

    Map<Address, ObjectKey> toOthersThan(ObjectKey service) {
        Map<Address, ObjectKey> found = new HashMap<>();
        granted.forEach(
                (holder, addresses) -> {
                    if (!holder.equals(service)) {
                        addresses.forEach(each -> found.put(each, holder));
                    }
                });
        return found;
    }
}
