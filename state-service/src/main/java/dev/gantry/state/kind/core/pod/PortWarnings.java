package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Ports that are declared twice, of which at most one declaration is meant. */
final class PortWarnings {
    private record Port(JsonNode port, String path) {
        boolean isSameAs(Port other) {
            return number("containerPort") == other.number("containerPort")
                    && text("protocol").equals(other.text("protocol"));
        }

        long number(String field) {
            return port.path(field).asLong(0);
        }

        String text(String field) {
            return Resource.text(port, field);
        }

        boolean isOnHost() {
            return number("hostPort") != 0;
        }
    }

    private PortWarnings() {}

    static List<String> of(JsonNode spec, String path) {
        List<Port> before = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            int index = 0;
            for (JsonNode container : spec.path(list)) {
                String where = path + "." + list + "[" + index++ + "].ports[";
                int number = 0;
                for (JsonNode port : container.path("ports")) {
                    Port each = new Port(port, where + number++ + "]");
                    before.forEach(other -> against(each, other, found));
                    before.add(each);
                }
            }
        }
        return found;
    }

    private static void against(Port port, Port other, List<String> found) {
        String how = port.isSameAs(other) ? judged(port, other) : "";
        if (!how.isEmpty()) {
            found.add("%s: %s port definition with %s".formatted(port.path, how, other.path));
        }
    }

    /** Empty where both are meant: they are open at different places of the host. */
    private static String judged(Port port, Port other) {
        boolean isSamePort = port.number("hostPort") == other.number("hostPort");
        String address = port.text("hostIP");
        if (isSamePort && address.equals(other.text("hostIP"))) {
            return "duplicate";
        }
        if (!port.isOnHost() || !other.isOnHost()) {
            return "overlapping";
        }
        boolean isAnywhere = address.isEmpty() || other.text("hostIP").isEmpty();
        return isSamePort && isAnywhere ? "dangerously ambiguous" : "";
    }
}
