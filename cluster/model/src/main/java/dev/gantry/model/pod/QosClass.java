package dev.gantry.model.pod;

import dev.gantry.model.quantity.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How well a pod is protected when its node runs short: the less it claims, the sooner it goes.
 *
 * <p>Compat: {@code ComputePodQOS} in {@code pkg/apis/core/v1/helper/qos}. Only cpu and memory
 * count; ephemeral containers do not.
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

    /** What {@code status.qosClass} says. */
    public String wire() {
        return wire;
    }

    public static Optional<QosClass> parse(String wire) {
        return Arrays.stream(values()).filter(each -> each.wire.equals(wire)).findFirst();
    }

    public static QosClass of(JsonNode spec) {
        JsonNode own = spec.path("resources");
        if (!own.path("requests").isEmpty() || !own.path("limits").isEmpty()) {
            return judge(
                    counted(own.path("requests")),
                    counted(own.path("limits")),
                    counted(own.path("limits")).size() == COUNTED.size());
        }
        SortedMap<String, Quantity> requests = new TreeMap<>();
        SortedMap<String, Quantity> limits = new TreeMap<>();
        boolean allLimited = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode resources = container.path("resources");
                SortedMap<String, Quantity> limited = counted(resources.path("limits"));
                counted(resources.path("requests"))
                        .forEach((name, each) -> requests.merge(name, each, Quantity::plus));
                limited.forEach((name, each) -> limits.merge(name, each, Quantity::plus));
                allLimited &= limited.size() == COUNTED.size();
            }
        }
        return judge(requests, limits, allLimited);
    }

    private static QosClass judge(
            SortedMap<String, Quantity> requests,
            SortedMap<String, Quantity> limits,
            boolean allLimited) {
        if (requests.isEmpty() && limits.isEmpty()) {
            return BEST_EFFORT;
        }
        boolean isGuaranteed = allLimited && requests.size() == limits.size();
        for (var request : requests.entrySet()) {
            Quantity limit = limits.getOrDefault(request.getKey(), Quantity.ZERO);
            isGuaranteed &= limit.compareTo(request.getValue()) == 0;
        }
        return isGuaranteed ? GUARANTEED : BURSTABLE;
    }

    /** An amount of zero counts as none. */
    private static SortedMap<String, Quantity> counted(JsonNode amounts) {
        SortedMap<String, Quantity> found = PodResources.amounts(amounts);
        found.entrySet()
                .removeIf(
                        each -> !COUNTED.contains(each.getKey()) || each.getValue().signum() <= 0);
        return found;
    }
}
