package dev.gantry.state.kind.core.pod.defaults;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources of the pod as a whole: what it does not request, its containers do; what they do not,
 * its limits do. Compat: {@code defaultPodRequests}.
 */
public final class PodLevelDefaults {
    private static final List<String> SUPPORTED = List.of("cpu", "memory");

    private PodLevelDefaults() {}

    static void set(ObjectNode spec) {
        if (!(spec.path("resources") instanceof ObjectNode own)
                || !(own.path("limits") instanceof ObjectNode limits)
                || limits.isEmpty()) {
            return;
        }
        SortedMap<String, Quantity> requests = new TreeMap<>();
        PodResources.amounts(limits)
                .forEach(
                        (name, amount) -> {
                            if (isSupported(name)) {
                                requests.put(name, amount);
                            }
                        });
        ofContainers(spec)
                .forEach(
                        (name, amount) -> {
                            if (SUPPORTED.contains(name)) {
                                requests.put(name, amount);
                            }
                        });
        if (requests.isEmpty()) {
            return;
        }
        ObjectNode given = Resource.child(own, "requests");
        requests.forEach(
                (name, amount) -> {
                    if (!given.has(name)) {
                        given.put(name, amount.toString());
                    }
                });
    }

    /** The sum over the containers, as if the pod said nothing itself. */
    public static SortedMap<String, Quantity> ofContainers(JsonNode spec) {
        ObjectNode containersOnly = JsonNodeFactory.instance.objectNode();
        for (String list : List.of("containers", "initContainers")) {
            if (spec.has(list)) {
                containersOnly.set(list, spec.path(list));
            }
        }
        return PodResources.requests(containersOnly);
    }

    public static boolean isSupported(String name) {
        return SUPPORTED.contains(name) || name.startsWith("hugepages-");
    }
}
