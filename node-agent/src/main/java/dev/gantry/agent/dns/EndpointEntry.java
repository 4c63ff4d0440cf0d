package dev.gantry.agent.dns;

import dev.gantry.model.address.Address;
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
record EndpointEntry(
        Address address, String label, boolean isReady, List<ServiceEntry.Port> ports) {

    static List<EndpointEntry> listOf(Resource slice) {
        List<ServiceEntry.Port> ports = ServiceEntry.Port.listOf(slice.tree().path("ports"));
        List<EndpointEntry> found = new ArrayList<>();
        for (JsonNode each : slice.tree().path("endpoints")) {
            boolean isReady = each.path("conditions").path("ready").asBoolean(true);
            String hostname = Resource.text(each, "hostname").toLowerCase(Locale.ROOT);
            for (JsonNode text : each.path("addresses")) {
                Address.parse(text.asString(""))
                        .ifPresent(
                                address ->
                                        found.add(
                                                new EndpointEntry(
                                                        address,
                                                        hostname.isEmpty()
                                                                ? AddressNames.dashes(address)
                                                                : hostname,
                                                        isReady,
                                                        ports)));
            }
        }
        return found;
    }
}
