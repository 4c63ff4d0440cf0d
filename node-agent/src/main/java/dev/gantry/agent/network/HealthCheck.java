package dev.gantry.agent.network;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a node says on the health-check port of a Service: how many endpoints it has itself. A load
 * balancer of somebody else's leaves out nodes that have none.
 *
 * <p>Compat: status, body and headers of kube-proxy's service_health.go.
 */
public record HealthCheck(String namespace, String name, long localEndpoints) {
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** By port. Where two Services claim the same one, the first by name has it. */
    public static SortedMap<Integer, HealthCheck> of(NetworkView view, String self) {
        SortedMap<Integer, HealthCheck> found = new TreeMap<>();
        for (ServiceView service : view.services()) {
            int port = service.outside().healthPort();
            if (port != 0) {
                long endpoints = localEndpoints(view, service, self);
                found.putIfAbsent(
                        port, new HealthCheck(service.namespace(), service.name(), endpoints));
            }
        }
        return found;
    }

    /** Those of the Service's first family: a pod with an address of each counts once. */
    private static long localEndpoints(NetworkView view, ServiceView service, String self) {
        Family family = Family.of(service.clusterAddresses().getFirst());
        return view.slicesOf(service).stream()
                .filter(slice -> slice.family() == family)
                .flatMap(slice -> slice.backends().stream())
                .filter(each -> each.isReady() && each.node().equals(self))
                .map(SliceView.Backend::address)
                .distinct()
                .count();
    }

    public int status() {
        return localEndpoints > 0 ? OK : SERVICE_UNAVAILABLE;
    }

    public String body() {
        return """
               {
               \t"service": {
               \t\t"namespace": "%s",
               \t\t"name": "%s"
               \t},
               \t"localEndpoints": %d,
               \t"serviceProxyHealthy": true
               }"""
                .formatted(namespace, name, localEndpoints);
    }
}
