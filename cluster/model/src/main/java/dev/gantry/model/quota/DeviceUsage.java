package dev.gantry.model.quota;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * How many devices of which classes a ResourceClaim asks for: {@code
 * gpu.deviceclass.resource.k8s.io/devices}. Of alternatives, the most of each class count, since
 * any of them may be allocated.
 *
 * <p>Compat: {@code claimEvaluator.Usage}.
 */
final class DeviceUsage {
    private static final String OF_CLASS = ".deviceclass.resource.k8s.io/devices";

    /** Compat: as many as a claim may be allocated, where it asks for all that there are. */
    private static final int MOST_OF_CLAIM = 32;

    private DeviceUsage() {}

    /** Whether a limit of this name is about devices. */
    static boolean isOfDevices(String name) {
        return name.endsWith(OF_CLASS);
    }

    static void add(JsonNode claimSpec, SortedMap<String, Quantity> taken) {
        for (JsonNode request : claimSpec.at("/devices/requests")) {
            SortedMap<String, Long> most = new TreeMap<>();
            JsonNode exactly = request.path("exactly");
            if (exactly.isObject()) {
                most.put(name(exactly), devices(exactly));
            }
            for (JsonNode each : request.path("firstAvailable")) {
                most.merge(name(each), devices(each), Long::max);
            }
            most.forEach(
                    (name, number) -> taken.merge(name, QuotaUsage.count(number), Quantity::plus));
        }
    }

    private static String name(JsonNode request) {
        return Resource.text(request, "deviceClassName") + OF_CLASS;
    }

    private static long devices(JsonNode request) {
        return switch (Resource.text(request, "allocationMode")) {
            case "ExactCount" -> request.path("count").asLong(0);
            case "All" -> MOST_OF_CLAIM;
            default -> 0;
        };
    }
}
