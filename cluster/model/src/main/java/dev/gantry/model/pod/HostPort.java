package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A port of the node that a pod takes for itself; an empty address stands for all of them. */
public record HostPort(String address, String protocol, int port) {
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (isAnyAddress() || other.isAnyAddress() || address.equals(other.address));
    }

    private boolean isAnyAddress() {
        return address.isEmpty() || address.equals("0.0.0.0");
    }

    public static List<HostPort> listOf(JsonNode spec) {
        List<HostPort> found = new ArrayList<>();
        for (JsonNode container : spec.path("containers")) {
            addPorts(container, found);
        }
        for (JsonNode container : spec.path("initContainers")) {
            if (Resource.text(container, "restartPolicy").equals("Always")) {
                addPorts(container, found);
            }
        }
        return List.copyOf(found);
    }

    private static void addPorts(JsonNode container, List<HostPort> found) {
        for (JsonNode port : container.path("ports")) {
            int hostPort = port.path("hostPort").asInt(0);
            if (hostPort > 0) {
                String protocol = Resource.text(port, "protocol");
                found.add(
                        new HostPort(
                                Resource.text(port, "hostIP"),
                                protocol.isEmpty() ? "TCP" : protocol,
                                hostPort));
            }
        }
    }
}
