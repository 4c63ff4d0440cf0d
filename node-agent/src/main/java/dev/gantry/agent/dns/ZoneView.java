package dev.gantry.agent.dns;

import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Services and endpoints that names are made of. Mutable with one owner.
 *
 * <p>Names of addresses are looked up rarely and change often, so that index is made when asked
 * for.
 */
public final class ZoneView {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final SortedMap<String, ServiceEntry> services = new TreeMap<>();
    private final Map<ObjectKey, String> serviceOfSlice = new HashMap<>();
    private final Map<String, SortedMap<ObjectKey, List<EndpointEntry>>> endpoints =
            new HashMap<>();
    private Optional<Map<Address, List<String>>> reverse = Optional.empty();

    /** Takes the new content of a Service or an EndpointSlice; others are ignored. */
    public void put(ObjectKey key, Optional<Resource> object) {
        if (key.resource().equals(Resources.SERVICES)) {
            if (object.isPresent()) {
                services.put(key.path(), ServiceEntry.of(object.get()));
            } else {
                services.remove(key.path());
            }
        } else if (key.resource().equals(Resources.ENDPOINT_SLICES)) {
            putSlice(key, object);
        } else {
            return;
        }
        reverse = Optional.empty();
    }

    Optional<ServiceEntry> service(String namespace, String name) {
        return Optional.ofNullable(services.get(namespace + "/" + name));
    }

    /** Those that may be named: the ready ones, or all where the Service says so. */
    List<EndpointEntry> endpoints(ServiceEntry service) {
        List<EndpointEntry> found = new ArrayList<>();
        String name = service.namespace() + "/" + service.name();
        for (List<EndpointEntry> slice : endpoints.getOrDefault(name, new TreeMap<>()).values()) {
            for (EndpointEntry each : slice) {
                if (each.isReady() || service.publishesNotReady()) {
                    found.add(each);
                }
            }
        }
        return found;
    }

    /** Whether some Service lives there, so that names below it may exist. */
    boolean hasNamespace(String namespace) {
        var from = services.tailMap(namespace + "/");
        return !from.isEmpty() && from.firstKey().startsWith(namespace + "/");
    }

    /** The names of an address, below {@code svc}: {@code web.default} or {@code a.db.default}. */
    List<String> names(Address address) {
        Map<Address, List<String>> index = reverse.orElseGet(this::index);
        reverse = Optional.of(index);
        return index.getOrDefault(address, List.of());
    }

    private Map<Address, List<String>> index() {
        Map<Address, List<String>> index = new HashMap<>();
        for (ServiceEntry service : services.values()) {
            String name = service.name() + "." + service.namespace();
            for (Address each : service.addresses()) {
                index.computeIfAbsent(each, _ -> new ArrayList<>()).add(name);
            }
            if (service.isHeadless()) {
                for (EndpointEntry each : endpoints(service)) {
                    index.computeIfAbsent(each.address(), _ -> new ArrayList<>())
                            .add(each.label() + "." + name);
                }
            }
        }
        return index;
    }

    private void putSlice(ObjectKey key, Optional<Resource> object) {
        String before = serviceOfSlice.remove(key);
        if (before != null) {
            SortedMap<ObjectKey, List<EndpointEntry>> held = endpoints.get(before);
            if (held != null && held.remove(key) != null && held.isEmpty()) {
                endpoints.remove(before);
            }
        }
        String label = object.map(each -> each.labels().get(SERVICE_LABEL)).orElse("");
        if (object.isPresent() && !label.isEmpty()) {
            String service = key.namespace() + "/" + label;
            serviceOfSlice.put(key, service);
            endpoints
                    .computeIfAbsent(service, _ -> new TreeMap<>())
                    .put(key, EndpointEntry.listOf(object.get()));
        }
    }
}
