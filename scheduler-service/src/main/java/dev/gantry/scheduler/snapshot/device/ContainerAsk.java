package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The extended resources that one container asks for, of those that devices may stand for.
 *
 * @param endsEarly whether it is an init container that is no sidecar
 * @param amounts by resource; those of nothing are left out
 */
public record ContainerAsk(String name, boolean endsEarly, SortedMap<String, Amount> amounts) {
    /** Compat: ResourceDeviceClassPrefix, in front of the name of a class: asks for its devices. */
    static final String CLASS_PREFIX = "deviceclass.resource.kubernetes.io/";

    /**
     * @param place among all that the container requests, by name
     */
    public record Amount(long count, int place) {}

    /**
     * Of all containers, init containers first, in the order of the spec; empty where none asks for
     * such a resource, as is usual.
     */
    public static List<ContainerAsk> listOf(JsonNode spec) {
        List<ContainerAsk> found = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode each : spec.path(list)) {
                boolean endsEarly =
                        list.equals("initContainers")
                                && !Resource.text(each, "restartPolicy").equals("Always");
                found.add(
                        new ContainerAsk(
                                Resource.text(each, "name"),
                                endsEarly,
                                amounts(each.path("resources").path("requests"))));
            }
        }
        return found.stream().allMatch(each -> each.amounts.isEmpty())
                ? List.of()
                : List.copyOf(found);
    }

    /** Cost: most containers ask for nothing of the kind, and of these no order is made. */
    private static SortedMap<String, Amount> amounts(JsonNode requests) {
        if (requests.propertyStream().noneMatch(each -> mayBeDevices(each.getKey()))) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, Amount> amounts = new TreeMap<>();
        int place = 0;
        for (String name : new TreeSet<>(requests.propertyNames())) {
            long count =
                    Quantity.parse(requests.path(name).asString(""))
                            .map(Quantity::toLong)
                            .orElse(0L);
            if (mayBeDevices(name) && count > 0) {
                amounts.put(name, new Amount(count, place));
            }
            place++;
        }
        return amounts;
    }

    /** Compat: {@code IsDRAExtendedResourceName}. */
    private static boolean mayBeDevices(String resource) {
        return resource.startsWith(CLASS_PREFIX)
                || (resource.contains("/") && !resource.contains("kubernetes.io/"));
    }
}
