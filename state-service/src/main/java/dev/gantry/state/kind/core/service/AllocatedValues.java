package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Trees;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was allocated for a Service stays with it when an update leaves it out, so that a client may
 * write its own manifest again. Compat: {@code patchAllocatedValues}.
 */
final class AllocatedValues {
    private AllocatedValues() {}

    static void patch(ObjectNode spec, ObjectNode before) {
        if (ServiceType.needsClusterIp(before) && ServiceType.needsClusterIp(spec)) {
            String old = Resource.text(before, "clusterIP");
            if (!old.isEmpty()) {
                Defaults.text(spec, "clusterIP", old);
            }
            boolean isSame = Resource.text(spec, "clusterIP").equals(old);
            if (spec.path("clusterIPs").isEmpty() && isSame) {
                Trees.keep(spec, before, "clusterIPs");
            }
        }
        if (ServiceType.needsNodePorts(before) && ServiceType.needsNodePorts(spec)) {
            nodePorts(spec.path("ports"), before.path("ports"));
        }
        boolean keepsHealthPort =
                ServiceType.needsHealthPort(before) && ServiceType.needsHealthPort(spec);
        if (keepsHealthPort && spec.path("healthCheckNodePort").asInt(0) == 0) {
            Trees.keep(spec, before, "healthCheckNodePort");
        }
    }

    /** By the name of the port, unless another port asks for the number. */
    private static void nodePorts(JsonNode ports, JsonNode before) {
        Map<String, Integer> byName = new TreeMap<>();
        before.forEach(
                each -> byName.put(Resource.text(each, "name"), each.path("nodePort").asInt(0)));
        Set<Integer> used = new TreeSet<>();
        for (JsonNode port : ports) {
            int number = port.path("nodePort").asInt(0);
            if (byName.containsValue(number)) {
                used.add(number);
            }
        }
        Defaults.each(
                ports,
                port -> {
                    int old = byName.getOrDefault(Resource.text(port, "name"), 0);
                    if (port.path("nodePort").asInt(0) == 0 && old != 0 && used.add(old)) {
                        port.put("nodePort", old);
                    }
                });
    }
}
