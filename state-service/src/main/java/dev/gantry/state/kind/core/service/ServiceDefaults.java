package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code SetDefaults_Service}. */
final class ServiceDefaults {
    private static final int AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    static void set(ObjectNode service) {
        ObjectNode spec = Resource.child(service, "spec");
        affinity(spec);
        Defaults.text(spec, "type", "ClusterIP");
        Defaults.each(spec.path("ports"), ServiceDefaults::port);
        if (ServiceType.isExternal(spec)) {
            Defaults.text(spec, "externalTrafficPolicy", "Cluster");
        }
        if (ServiceType.isRouted(spec)) {
            Defaults.pointer(spec, "internalTrafficPolicy", "Cluster");
        }
        if (ServiceType.isLoadBalancer(spec)) {
            Defaults.flag(spec, "allocateLoadBalancerNodePorts", true);
            Defaults.each(
                    service.path("status").path("loadBalancer").path("ingress"),
                    ingress -> {
                        if (!Resource.text(ingress, "ip").isEmpty()) {
                            Defaults.text(ingress, "ipMode", "VIP");
                        }
                    });
        }
    }

    private static void affinity(ObjectNode spec) {
        Defaults.text(spec, "sessionAffinity", "None");
        if (Resource.text(spec, "sessionAffinity").equals("None")) {
            spec.remove("sessionAffinityConfig");
            return;
        }
        JsonNode seconds =
                spec.path("sessionAffinityConfig").path("clientIP").path("timeoutSeconds");
        boolean isClientIp = Resource.text(spec, "sessionAffinity").equals("ClientIP");
        if (isClientIp && !seconds.isNumber()) {
            spec.putObject("sessionAffinityConfig")
                    .putObject("clientIP")
                    .put("timeoutSeconds", AFFINITY_SECONDS);
        }
    }

    private static void port(ObjectNode port) {
        Defaults.text(port, "protocol", "TCP");
        JsonNode target = port.path("targetPort");
        boolean isAbsent =
                target.isMissingNode()
                        || target.isNull()
                        || (target.isNumber() && target.asInt(0) == 0)
                        || (target.isString() && target.stringValue().isEmpty());
        if (isAbsent) {
            port.put("targetPort", port.path("port").asInt(0));
        }
    }
}
