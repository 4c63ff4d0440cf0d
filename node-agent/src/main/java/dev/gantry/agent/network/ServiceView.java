package dev.gantry.agent.network;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What packet handling needs to know of a Service.
 *
 * @param sessionAffinity how long a client stays with its endpoint, where it does
 */
public record ServiceView(
        String namespace,
        String name,
        List<String> clusterAddresses,
        List<Port> ports,
        Outside outside,
        boolean isInternalLocal,
        Optional<Duration> sessionAffinity) {
    private static final int DEFAULT_AFFINITY_SECONDS = 10800;

    /** Compat: labels whose presence alone keeps kube-proxy away. */
    private static final List<String> LEFT_TO_OTHERS =
            List.of("service.kubernetes.io/service-proxy-name", "service.kubernetes.io/headless");

    /** {@code nodePort} is zero where there is none. */
    public record Port(String name, String protocol, int port, int nodePort) {}

    /**
     * By which ways outsiders come, besides the ports of nodes.
     *
     * @param externalAddresses that somebody else leads to the nodes
     * @param balancerAddresses that a load balancer was given
     * @param sourceRanges from which alone the load balancer may be reached; empty for anywhere
     * @param isLocal whether only endpoints of the node that a packet reaches serve it
     * @param healthPort on which each node says how many those are; zero for none
     */
    public record Outside(
            List<String> externalAddresses,
            List<String> balancerAddresses,
            List<String> sourceRanges,
            boolean isLocal,
            int healthPort) {
        public static final Outside NONE = new Outside(List.of(), List.of(), List.of(), false, 0);

        private static Outside of(Resource service) {
            JsonNode spec = service.spec();
            List<String> balancer = new ArrayList<>();
            for (JsonNode ingress : service.status().path("loadBalancer").path("ingress")) {
                // Compat: ipMode Proxy means that the balancer itself must see the packets.
                if (!Resource.text(ingress, "ipMode").equals("Proxy")) {
                    Address.parse(Resource.text(ingress, "ip"))
                            .ifPresent(each -> balancer.add(each.toString()));
                }
            }
            boolean isBalancer = Resource.text(spec, "type").equals("LoadBalancer");
            return new Outside(
                    texts(spec.path("externalIPs")),
                    balancer,
                    isBalancer ? texts(spec.path("loadBalancerSourceRanges")) : List.of(),
                    Resource.text(spec, "externalTrafficPolicy").equals("Local"),
                    isBalancer ? spec.path("healthCheckNodePort").asInt(0) : 0);
        }
    }

    /**
     * Empty where no packet is balanced here: a headless or an ExternalName Service, or one that
     * another proxy serves.
     */
    public static Optional<ServiceView> of(Resource service) {
        JsonNode spec = service.spec();
        JsonNode labels = service.metadata().path("labels");
        if (LEFT_TO_OTHERS.stream().anyMatch(labels::has)) {
            return Optional.empty();
        }
        List<String> cluster = texts(spec.path("clusterIPs"));
        if (cluster.isEmpty()) {
            cluster = new ArrayList<>(List.of(Resource.text(spec, "clusterIP")));
        }
        cluster.removeIf(each -> each.isEmpty() || each.equals("None"));
        if (cluster.isEmpty() || Resource.text(spec, "type").equals("ExternalName")) {
            return Optional.empty();
        }
        return Optional.of(
                new ServiceView(
                        service.namespace(),
                        service.name(),
                        cluster,
                        ports(spec),
                        Outside.of(service),
                        Resource.text(spec, "internalTrafficPolicy").equals("Local"),
                        sessionAffinity(spec)));
    }

    /** Where packets for the load balancer arrive. */
    List<Frontend> balancerFrontends(Family family) {
        List<Frontend> found = new ArrayList<>();
        for (String address : outside.balancerAddresses()) {
            if (Family.of(address) == family) {
                for (Port port : ports) {
                    found.add(
                            new Frontend(
                                    Frontend.Scope.ANYONE, address, port.protocol(), port.port()));
                }
            }
        }
        return found;
    }

    private static List<Port> ports(JsonNode spec) {
        List<Port> ports = new ArrayList<>();
        for (JsonNode each : spec.path("ports")) {
            ports.add(
                    new Port(
                            Resource.text(each, "name"),
                            protocol(each),
                            each.path("port").asInt(0),
                            each.path("nodePort").asInt(0)));
        }
        return ports;
    }

    private static Optional<Duration> sessionAffinity(JsonNode spec) {
        if (!Resource.text(spec, "sessionAffinity").equals("ClientIP")) {
            return Optional.empty();
        }
        int seconds =
                spec.path("sessionAffinityConfig")
                        .path("clientIP")
                        .path("timeoutSeconds")
                        .asInt(DEFAULT_AFFINITY_SECONDS);
        return Optional.of(Duration.ofSeconds(seconds));
    }

    /** Lower case, as nftables has it. */
    static String protocol(JsonNode port) {
        String found = Resource.text(port, "protocol");
        return found.isEmpty() ? "tcp" : found.toLowerCase(Locale.ROOT);
    }

    private static List<String> texts(JsonNode array) {
        List<String> found = new ArrayList<>();
        array.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
