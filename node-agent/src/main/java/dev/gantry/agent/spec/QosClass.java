package dev.gantry.agent.spec;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How well a pod's resources are protected.
 *
 * <p>Compat: {@code pkg/apis/core/v1/helper/qos}: only cpu and memory count, zero counts as absent.
 */
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private final String wire;

    QosClass(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** What the API stored wins, since the class of a pod never changes. */
    public static QosClass of(PodSpec pod) {
        String stored = Resource.text(pod.pod().status(), "qosClass");
        for (QosClass each : values()) {
            if (each.wire.equals(stored)) {
                return each;
            }
        }
        return computed(pod);
    }

    private static QosClass computed(PodSpec pod) {
        JsonNode whole = pod.spec().path("resources");
        if (!counted(whole.path("requests")).isEmpty()
                || !counted(whole.path("limits")).isEmpty()) {
            return isGuaranteed(whole) ? GUARANTEED : BURSTABLE;
        }
        boolean asksNothing = true;
        boolean allGuaranteed = true;
        for (ContainerSpec each : pod.containers()) {
            JsonNode resources = each.tree().path("resources");
            asksNothing &=
                    counted(resources.path("requests")).isEmpty()
                            && counted(resources.path("limits")).isEmpty();
            allGuaranteed &= isGuaranteed(resources);
        }
        if (asksNothing) {
            return BEST_EFFORT;
        }
        return allGuaranteed ? GUARANTEED : BURSTABLE;
    }

    private static boolean isGuaranteed(JsonNode resources) {
        SortedMap<String, Quantity> limits = counted(resources.path("limits"));
        SortedMap<String, Quantity> requests = counted(resources.path("requests"));
        return limits.size() == COUNTED.size()
                && requests.entrySet().stream()
                        .allMatch(e -> sameAmount(limits.get(e.getKey()), e.getValue()));
    }

    private static boolean sameAmount(
            @org.jspecify.annotations.Nullable Quantity limit, Quantity request) {
        return limit != null && limit.compareTo(request) == 0;
    }

    private static SortedMap<String, Quantity> counted(JsonNode amounts) {
        SortedMap<String, Quantity> found = new TreeMap<>();
        PodResources.amounts(amounts)
                .forEach(
                        (name, amount) -> {
                            if (COUNTED.contains(name) && amount.signum() > 0) {
                                found.put(name, amount);
                            }
                        });
        return found;
    }
}
