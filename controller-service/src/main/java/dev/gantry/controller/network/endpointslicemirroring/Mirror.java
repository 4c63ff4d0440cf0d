package dev.gantry.controller.network.endpointslicemirroring;

import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the slices of one Endpoints object shall hold, and how much of it cannot be mirrored. */
final class Mirror {
    static final int MOST_OF_A_SUBSET = 1000;

    private final Map<Group, ArrayNode> groups = new LinkedHashMap<>();
    private int skipped;
    private int invalid;

    private Mirror() {}

    /** What one slice is for. */
    record Group(String addressType, JsonNode ports) {
        static Group of(Resource slice) {
            JsonNode ports = slice.tree().path("ports");
            return new Group(
                    Resource.text(slice.tree(), "addressType"),
                    ports.isArray() ? ports : JsonNodeFactory.instance.arrayNode());
        }
    }

    static Mirror of(Resource endpoints) {
        Mirror mirror = new Mirror();
        Subsets.of(endpoints).forEach(mirror::take);
        return mirror;
    }

    /** Each group with its endpoints, of which it has at least one. */
    Map<Group, ArrayNode> groups() {
        return groups;
    }

    /** Addresses beyond {@link #MOST_OF_A_SUBSET}, summed over the subsets. */
    int skipped() {
        return skipped;
    }

    int invalid() {
        return invalid;
    }

    private void take(Subsets.Subset subset) {
        ArrayNode ports = ports(subset.ports());
        int room = take(subset.ready(), true, ports, MOST_OF_A_SUBSET);
        take(subset.notReady(), false, ports, room);
    }

    private int take(List<JsonNode> addresses, boolean isReady, ArrayNode ports, int room) {
        int left = room;
        for (JsonNode each : addresses) {
            Optional<Address> address = Address.parse(Resource.text(each, "ip"));
            if (address.isEmpty()) {
                invalid++;
            } else if (left == 0) {
                skipped++;
            } else {
                left--;
                Group group = new Group(address.get().family().wire(), ports);
                groups.computeIfAbsent(group, _ -> JsonNodeFactory.instance.arrayNode())
                        .add(endpoint(each, address.get(), isReady));
            }
        }
        return left;
    }

    private static ObjectNode endpoint(JsonNode from, Address address, boolean isReady) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        endpoint.putArray("addresses").add(address.toString());
        endpoint.putObject("conditions").put("ready", isReady);
        for (String field : List.of("hostname", "targetRef", "nodeName")) {
            JsonNode value = from.path(field);
            if (!value.isEmpty() || !value.asString("").isEmpty()) {
                endpoint.set(field, value.deepCopy());
            }
        }
        return endpoint;
    }

    private static ArrayNode ports(ArrayNode from) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : from) {
            ObjectNode port = ports.addObject();
            port.put("name", Resource.text(each, "name"));
            port.put("port", each.path("port").asInt(0));
            port.put("protocol", Resource.text(each, "protocol"));
            if (each.hasNonNull("appProtocol")) {
                port.set("appProtocol", each.path("appProtocol"));
            }
        }
        return ports;
    }
}
