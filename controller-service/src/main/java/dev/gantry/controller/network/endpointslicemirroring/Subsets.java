package dev.gantry.controller.network.endpointslicemirroring;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Subsets as they would be if each address stood in only one of them.
 *
 * <p>Steps: note for each port which addresses have it and whether they are ready there; ports with
 * the same addresses make one subset. An address that is ready here and not ready there, at the
 * same port, is not ready.
 *
 * <p>Compat: {@code RepackSubsets}.
 */
final class Subsets {
    private static final JsonNode NO_PORT = MissingNode.getInstance();

    private final Map<JsonNode, SortedMap<String, Boolean>> byPort = new LinkedHashMap<>();
    private final Map<String, JsonNode> addresses = new TreeMap<>();

    private Subsets() {}

    /** Addresses in a fixed order, the ready ones first. */
    record Subset(ArrayNode ports, List<JsonNode> ready, List<JsonNode> notReady) {}

    static List<Subset> of(Resource endpoints) {
        Subsets subsets = new Subsets();
        for (JsonNode subset : endpoints.tree().path("subsets")) {
            JsonNode ports = subset.path("ports");
            if (ports.isEmpty()) {
                subsets.note(subset, NO_PORT);
            }
            ports.forEach(port -> subsets.note(subset, port));
        }
        return subsets.packed();
    }

    private void note(JsonNode subset, JsonNode port) {
        SortedMap<String, Boolean> known = byPort.computeIfAbsent(port, _ -> new TreeMap<>());
        subset.path("addresses").forEach(each -> known.putIfAbsent(identity(each), true));
        subset.path("notReadyAddresses").forEach(each -> known.put(identity(each), false));
    }

    private String identity(JsonNode address) {
        String identity =
                Resource.text(address, "ip")
                        + " "
                        + Resource.text(address.path("targetRef"), "uid");
        addresses.putIfAbsent(identity, address);
        return identity;
    }

    private List<Subset> packed() {
        Map<SortedMap<String, Boolean>, ArrayNode> portsOf = new LinkedHashMap<>();
        byPort.forEach(
                (port, known) -> {
                    ArrayNode ports =
                            portsOf.computeIfAbsent(
                                    known, _ -> JsonNodeFactory.instance.arrayNode());
                    if (!port.isMissingNode()) {
                        ports.add(port);
                    }
                });
        List<Subset> packed = new ArrayList<>();
        portsOf.forEach(
                (known, ports) ->
                        packed.add(new Subset(ports, those(known, true), those(known, false))));
        return packed;
    }

    private List<JsonNode> those(SortedMap<String, Boolean> known, boolean areReady) {
        return known.entrySet().stream()
                .filter(each -> each.getValue() == areReady)
                .map(each -> addresses.get(each.getKey()))
                .toList();
    }
}
