package dev.gantry.state.allocation;

import static dev.gantry.model.meta.Resource.text;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an updated Service keeps where the client left it out.
 *
 * <p>Compat: {@code patchAllocatedValues} of the service strategy.
 */
final class Kept {
    private static final Set<String> WITH_PORTS = Set.of("NodePort", "LoadBalancer");

    private Kept() {}

    static void carryOver(ObjectNode spec, JsonNode stored) {
        boolean wasAddressed = !text(stored, "type").equals("ExternalName");
        boolean isAddressed = !text(spec, "type").equals("ExternalName");
        if (wasAddressed && isAddressed) {
            keepAddresses(spec, stored);
        }
        if (WITH_PORTS.contains(text(spec, "type")) && WITH_PORTS.contains(text(stored, "type"))) {
            keepPorts(spec, stored);
        }
    }

    private static void keepAddresses(ObjectNode spec, JsonNode stored) {
        if (text(spec, "clusterIP").isEmpty() && spec.path("clusterIPs").isEmpty()) {
            spec.set("clusterIP", stored.path("clusterIP").deepCopy());
        }
        boolean isSame = text(spec, "clusterIP").equals(text(stored, "clusterIP"));
        if (spec.path("clusterIPs").isEmpty() && isSame && stored.has("clusterIPs")) {
            spec.set("clusterIPs", stored.path("clusterIPs").deepCopy());
        }
        if (text(spec, "ipFamilyPolicy").isEmpty() && stored.has("ipFamilyPolicy")) {
            spec.set("ipFamilyPolicy", stored.path("ipFamilyPolicy").deepCopy());
        }
        if (spec.path("ipFamilies").isEmpty() && stored.has("ipFamilies")) {
            spec.set("ipFamilies", stored.path("ipFamilies").deepCopy());
        }
    }

    private static void keepPorts(ObjectNode spec, JsonNode stored) {
        for (JsonNode port : spec.path("ports")) {
            if (port.path("nodePort").asLong(0) != 0 || !(port instanceof ObjectNode target)) {
                continue;
            }
            for (JsonNode before : stored.path("ports")) {
                boolean isSame =
                        before.path("port").asLong(0) == port.path("port").asLong(0)
                                && Holdings.protocolOf(before).equals(Holdings.protocolOf(port));
                if (isSame && before.path("nodePort").asLong(0) != 0) {
                    target.set("nodePort", before.path("nodePort").deepCopy());
                }
            }
        }
        if (spec.path("healthCheckNodePort").asLong(0) == 0
                && stored.path("healthCheckNodePort").asLong(0) != 0) {
            spec.set("healthCheckNodePort", stored.path("healthCheckNodePort").deepCopy());
        }
    }
}
