package dev.gantry.agent.network;

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
 * @param externalAddresses external IPs and the load balancer's, by which outsiders come
 * @param sessionAffinity how long a client stays with its endpoint, where it does
 */
public record ServiceView(
        String namespace,
        String name,
        List<String> clusterAddresses,
        List<String> externalAddresses,
        List<Port> ports,
        boolean isExternalLocal,
        boolean isInternalLocal,
        Optional<Duration> sessionAffinity) {
    private static final int DEFAULT_AFFINITY_SECONDS = 10800;

    /** {@code nodePort} is zero where there is none. */
    public record Port(String name, String protocol, int port, int nodePort) {}

    /** Empty where no packet is ever balanced: a headless or an ExternalName Service. */
    public static Optional<ServiceView> of(Resource service) {
        JsonNode spec = service.spec();
        List<String> cluster = texts(spec.path("clusterIPs"));
        if (cluster.isEmpty()) {
            cluster = new ArrayList<>(List.of(Resource.text(spec, "clusterIP")));
        }
        cluster.removeIf(each -> each.isEmpty() || each.equals("None"));
        if (cluster.isEmpty() || Resource.text(spec, "type").equals("ExternalName")) {
            return Optional.empty();
        }
        List<String> external = texts(spec.path("externalIPs"));
        for (JsonNode ingress : service.status().path("loadBalancer").path("ingress")) {
            String address = Resource.text(ingress, "ip");
            // Compat: ipMode Proxy means that the balancer itself must see the packets.
            if (!address.isEmpty() && !Resource.text(ingress, "ipMode").equals("Proxy")) {
                external.add(address);
            }
        }
        return Optional.of(
                new ServiceView(
                        service.namespace(),
                        service.name(),
                        cluster,
                        external,
                        ports(spec),
                        Resource.text(spec, "externalTrafficPolicy").equals("Local"),
                        Resource.text(spec, "internalTrafficPolicy").equals("Local"),
                        sessionAffinity(spec)));
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
