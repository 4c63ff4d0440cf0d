package dev.gantry.state.kind.core.service;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/** What the type of a Service implies. */
public final class ServiceType {
    private ServiceType() {}

    static String of(JsonNode spec) {
        return Resource.text(spec, "type");
    }

    /** Whether it has an address of its own; also a type that is not known, to be refused. */
    public static boolean needsClusterIp(JsonNode spec) {
        return !of(spec).equals("ExternalName");
    }

    /** Whether traffic to its address is routed within the cluster. */
    static boolean isRouted(JsonNode spec) {
        return switch (of(spec)) {
            case "ClusterIP", "NodePort", "LoadBalancer" -> true;
            default -> false;
        };
    }

    public static boolean needsNodePorts(JsonNode spec) {
        return of(spec).equals("NodePort")
                || (isLoadBalancer(spec)
                        && spec.path("allocateLoadBalancerNodePorts").asBoolean(true));
    }

    /** A port on which each node says whether it has endpoints of its own. */
    public static boolean needsHealthPort(JsonNode spec) {
        return isLoadBalancer(spec) && Resource.text(spec, "externalTrafficPolicy").equals("Local");
    }

    static boolean isLoadBalancer(JsonNode spec) {
        return of(spec).equals("LoadBalancer");
    }

    /** Whether traffic from outside of the cluster can reach it. */
    static boolean isExternal(JsonNode spec) {
        return isLoadBalancer(spec)
                || of(spec).equals("NodePort")
                || (of(spec).equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
    }

    public static boolean isHeadless(JsonNode spec) {
        JsonNode addresses = spec.path("clusterIPs");
        return addresses.size() == 1 && addresses.path(0).asString("").equals("None");
    }
}
