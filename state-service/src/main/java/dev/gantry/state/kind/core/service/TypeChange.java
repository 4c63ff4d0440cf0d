package dev.gantry.state.kind.core.service;

import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drops what a Service no longer needs once its type has changed, unless the client changed that
 * too: then it is for validation to refuse. Compat: {@code dropTypeDependentFields}.
 */
final class TypeChange {
    private TypeChange() {}

    static void dropFields(ObjectNode spec, ObjectNode before) {
        if (ServiceType.needsClusterIp(before) && !ServiceType.needsClusterIp(spec)) {
            if (Sameness.same(spec.path("clusterIPs"), before.path("clusterIPs"))) {
                spec.remove(List.of("clusterIP", "clusterIPs"));
            }
            dropIfSame(spec, before, "ipFamilies");
            dropIfSame(spec, before, "ipFamilyPolicy");
        }
        boolean losesNodePorts =
                ServiceType.needsNodePorts(before) && !ServiceType.needsNodePorts(spec);
        if (losesNodePorts && nodePorts(spec).equals(nodePorts(before))) {
            Defaults.each(spec.path("ports"), port -> port.remove("nodePort"));
        }
        if (ServiceType.needsHealthPort(before) && !ServiceType.needsHealthPort(spec)) {
            dropIfSame(spec, before, "healthCheckNodePort");
        }
        if (ServiceType.isLoadBalancer(before) && !ServiceType.isLoadBalancer(spec)) {
            dropIfSame(spec, before, "allocateLoadBalancerNodePorts");
            dropIfSame(spec, before, "loadBalancerClass");
        }
        if (ServiceType.isExternal(before) && !ServiceType.isExternal(spec)) {
            dropIfSame(spec, before, "externalTrafficPolicy");
        }
        downgrade(spec, before);
    }

    /** Compat: asking for one family only gives the second address back. */
    private static void downgrade(ObjectNode spec, ObjectNode before) {
        boolean isAsked = spec.path("ipFamilyPolicy").asString("").equals("SingleStack");
        boolean wasSingle = before.path("ipFamilyPolicy").asString("").equals("SingleStack");
        if (!isAsked || wasSingle || !ServiceType.needsClusterIp(spec)) {
            return;
        }
        for (String list : List.of("clusterIPs", "ipFamilies")) {
            JsonNode now = spec.path(list);
            if (now.size() == 2 && Sameness.same(now, before.path(list))) {
                String first = now.path(0).asString("");
                spec.putArray(list).add(first);
            }
        }
    }

    private static void dropIfSame(ObjectNode spec, ObjectNode before, String field) {
        if (Sameness.same(spec.path(field), before.path(field))) {
            spec.remove(field);
        }
    }

    private static List<Integer> nodePorts(ObjectNode spec) {
        var found = new TreeSet<Integer>();
        spec.path("ports").forEach(each -> found.add(each.path("nodePort").asInt(0)));
        return new ArrayList<>(found);
    }
}
