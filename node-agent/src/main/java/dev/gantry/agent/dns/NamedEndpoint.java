package dev.gantry.agent.dns;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * One address behind a headless Service.
 *
 * @param label its own name below the Service's
 */
record NamedEndpoint(
        Address address, String label, boolean isReady, List<NamedService.Port> ports) {

    static List<NamedEndpoint> listOf(Resource slice) {
        List<NamedService.Port> ports = NamedService.Port.listOf(slice.tree().path("ports"));
        List<NamedEndpoint> found = new ArrayList<>();
        for (JsonNode each : slice.tree().path("endpoints")) {
            boolean isReady = each.path("conditions").path("ready").asBoolean(true);
            String hostname = Resource.text(each, "hostname").toLowerCase(Locale.ROOT);
            for (JsonNode text : each.path("addresses")) {
                Address.parse(text.asString(""))
                        .ifPresent(
                                address ->
                                        found.add(
                                                new NamedEndpoint(
                                                        address,
                                                        hostname.isEmpty()
                                                                ? address.dashes()
                                                                : hostname,
                                                        isReady,
                                                        ports)));
            }
        }
        return found;
    }
}
