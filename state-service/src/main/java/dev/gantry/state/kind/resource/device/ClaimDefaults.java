package dev.gantry.state.kind.resource.device;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code SetDefaults_ExactDeviceRequest}, {@code _DeviceSubRequest}, {@code _Toleration}.
 */
public final class ClaimDefaults {
    private ClaimDefaults() {}

    public static void complete(ObjectNode spec) {
        for (JsonNode request : spec.path("devices").path("requests")) {
            Defaults.within(request, "exactly", ClaimDefaults::request);
            Defaults.each(request.path("firstAvailable"), ClaimDefaults::request);
        }
    }

    private static void request(ObjectNode request) {
        Defaults.text(request, "allocationMode", "ExactCount");
        if (Resource.text(request, "allocationMode").equals("ExactCount")) {
            Defaults.positive(request, "count", 1);
        }
        Defaults.within(request, "capacity", it -> Quantities.canonicalMap(it, "requests"));
        Defaults.each(
                request.path("tolerations"), each -> Defaults.text(each, "operator", "Equal"));
    }
}
