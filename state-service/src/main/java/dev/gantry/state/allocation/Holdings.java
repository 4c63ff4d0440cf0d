package dev.gantry.state.allocation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.address.Address;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What one Service holds.
 *
 * @param addresses canonical texts
 * @param ports written {@code 30080/TCP}; that of the health check without a protocol
 */
public record Holdings(SortedSet<String> addresses, SortedSet<String> ports) {
    public static Holdings none() {
        return new Holdings(new TreeSet<>(), new TreeSet<>());
    }

    public static Holdings of(JsonNode service) {
        Holdings found = none();
        JsonNode spec = service.path("spec");
        for (JsonNode each : spec.path("clusterIPs")) {
            Address.parse(each.asString("")).ifPresent(it -> found.addresses.add(it.toString()));
        }
        for (JsonNode port : spec.path("ports")) {
            long number = port.path("nodePort").asLong(0);
            if (number != 0) {
                found.ports.add(portKey(number, protocolOf(port)));
            }
        }
        long health = spec.path("healthCheckNodePort").asLong(0);
        if (health != 0) {
            found.ports.add(portKey(health, ""));
        }
        return found;
    }

    public Holdings without(Holdings other) {
        Holdings left = none();
        left.addresses.addAll(addresses);
        left.addresses.removeAll(other.addresses);
        left.ports.addAll(ports);
        left.ports.removeAll(other.ports);
        return left;
    }

    /** Only by the one who owns this record. */
    public void addAll(Holdings other) {
        addresses.addAll(other.addresses);
        ports.addAll(other.ports);
    }

    public void removeAll(Holdings other) {
        addresses.removeAll(other.addresses);
        ports.removeAll(other.ports);
    }

    static String portKey(long number, String protocol) {
        return number + "/" + protocol;
    }

    static String protocolOf(JsonNode port) {
        String given = text(port, "protocol");
        return given.isEmpty() ? "TCP" : given;
    }
}
