package dev.gantry.agent.dns;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A Service as names see it.
 *
 * @param addresses its cluster IPs; empty where it is headless or a mere alias
 * @param alias the external name it stands for, or empty
 */
record ServiceEntry(
        String namespace,
        String name,
        List<Address> addresses,
        List<Port> ports,
        boolean isHeadless,
        boolean publishesNotReady,
        String alias) {
    /** {@code protocol} in lower case. */
    record Port(String name, String protocol, int port) {
        static List<Port> listOf(JsonNode ports) {
            List<Port> found = new ArrayList<>();
            for (JsonNode each : ports) {
                String protocol = Resource.text(each, "protocol");
                found.add(
                        new Port(
                                Resource.text(each, "name"),
                                protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT),
                                each.path("port").asInt(0)));
            }
            return found;
        }
    }

    static ServiceEntry of(Resource service) {
        JsonNode spec = service.spec();
        List<String> texts = new ArrayList<>();
        spec.path("clusterIPs").forEach(each -> texts.add(each.asString("")));
        if (texts.isEmpty()) {
            texts.add(Resource.text(spec, "clusterIP"));
        }
        boolean isAlias = Resource.text(spec, "type").equals("ExternalName");
        List<Address> addresses = new ArrayList<>();
        if (!isAlias) {
            texts.forEach(each -> Address.parse(each).ifPresent(addresses::add));
        }
        return new ServiceEntry(
                service.namespace(),
                service.name(),
                addresses,
                Port.listOf(spec.path("ports")),
                !isAlias && texts.contains("None"),
                spec.path("publishNotReadyAddresses").asBoolean(false),
                isAlias ? Resource.text(spec, "externalName") : "");
    }
}
