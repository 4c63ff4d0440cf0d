package dev.gantry.controller.network.endpointslice;

import dev.gantry.model.meta.Resource;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For whom an endpoint is meant, by what its Service says about the distribution of traffic. It is
 * for the nodes that read them to see whether a hint can be followed.
 *
 * <p>Compat: {@code trafficdist.go} of k8s.io/endpointslice.
 */
final class Hints {
    private static final String SAME_NODE = "PreferSameNode";
    private static final Set<String> CLOSE = Set.of("PreferClose", "PreferSameZone", SAME_NODE);

    private Hints() {}

    /** To be called when all else is known of the endpoint. */
    static void put(Resource service, ObjectNode endpoint) {
        String distribution = Resource.text(service.spec(), "trafficDistribution");
        JsonNode ready = endpoint.path("conditions").path("ready");
        if (!CLOSE.contains(distribution) || !ready.asBoolean(false)) {
            return;
        }
        String zone = Resource.text(endpoint, "zone");
        String node = Resource.text(endpoint, "nodeName");
        if (!zone.isEmpty()) {
            put(endpoint, "forZones", zone);
        }
        if (!node.isEmpty() && distribution.equals(SAME_NODE)) {
            put(endpoint, "forNodes", node);
        }
    }

    private static void put(ObjectNode endpoint, String list, String name) {
        endpoint.withObject("hints").putArray(list).addObject().put("name", name);
    }
}
