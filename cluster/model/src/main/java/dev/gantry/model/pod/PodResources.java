package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a pod as a whole asks for, in the life of its containers when it asks for most.
 *
 * <p>Compat: component-helpers' {@code resource.PodRequests} and {@code PodLimits}. Containers and
 * sidecars (init containers that restart always) run together; an ordinary init container runs with
 * the sidecars started before it; resources of the pod itself replace the sum; overhead comes on
 * top.
 */
public final class PodResources {
    private PodResources() {}

    /** By resource name; resources that nobody asks for are absent. */
    public static SortedMap<String, Quantity> requests(JsonNode spec) {
        return total(spec, "requests");
    }

    /** By resource name. Overhead counts only for resources that are limited at all. */
    public static SortedMap<String, Quantity> limits(JsonNode spec) {
        return total(spec, "limits");
    }

    private static SortedMap<String, Quantity> total(JsonNode spec, String side) {
        SortedMap<String, Quantity> running = new TreeMap<>();
        for (JsonNode container : spec.path("containers")) {
            add(running, container.path("resources").path(side));
        }
        SortedMap<String, Quantity> sidecars = new TreeMap<>();
        SortedMap<String, Quantity> starting = new TreeMap<>();
        for (JsonNode container : spec.path("initContainers")) {
            JsonNode asked = container.path("resources").path(side);
            if (Resource.text(container, "restartPolicy").equals("Always")) {
                add(running, asked);
                add(sidecars, asked);
                raise(starting, sidecars);
            } else {
                SortedMap<String, Quantity> together = new TreeMap<>(sidecars);
                add(together, asked);
                raise(starting, together);
            }
        }
        raise(running, starting);
        amounts(spec.path("resources").path(side)).forEach(running::put);
        addOverhead(running, spec.path("overhead"), side.equals("requests"));
        return running;
    }

    private static void addOverhead(
            SortedMap<String, Quantity> total, JsonNode overhead, boolean alsoUnasked) {
        amounts(overhead)
                .forEach(
                        (name, amount) -> {
                            if (alsoUnasked || total.containsKey(name)) {
                                total.merge(name, amount, Quantity::plus);
                            }
                        });
    }

    private static void add(SortedMap<String, Quantity> total, JsonNode asked) {
        amounts(asked).forEach((name, amount) -> total.merge(name, amount, Quantity::plus));
    }

    static void raise(SortedMap<String, Quantity> total, SortedMap<String, Quantity> to) {
        to.forEach((name, amount) -> total.merge(name, amount, PodResources::larger));
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** A map of quantities as it stands in a tree; what is no quantity is left out. */
    public static SortedMap<String, Quantity> amounts(JsonNode node) {
        SortedMap<String, Quantity> found = new TreeMap<>();
        node.properties()
                .forEach(
                        each ->
                                Quantity.parse(each.getValue().asString(""))
                                        .ifPresent(amount -> found.put(each.getKey(), amount)));
        return found;
    }
}
