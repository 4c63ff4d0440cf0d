package dev.gantry.gateway.node;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The ready endpoints of a Service's port, as EndpointSlices tell them. */
final class ServicePlaces {
    private ServicePlaces() {}

    /** An endpoint, and the port at which it serves. */
    record Candidate(JsonNode endpoint, int port) {
        String address() {
            return endpoint.path("addresses").path(0).asString("");
        }
    }

    static List<Candidate> ready(List<Resource> slices, String portName) {
        List<Candidate> ready = new ArrayList<>();
        for (Resource slice : slices) {
            int target = targetIn(slice, portName);
            for (JsonNode endpoint : slice.tree().path("endpoints")) {
                boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
                if (target > 0 && isReady) {
                    ready.add(new Candidate(endpoint, target));
                }
            }
        }
        return ready;
    }

    /** Endpoints know ports by their name; empty where the Service has no such number. */
    static Optional<String> portName(Resource service, int number) {
        for (JsonNode each : service.spec().path("ports")) {
            if (each.path("port").asInt(0) == number) {
                return Optional.of(Resource.text(each, "name"));
            }
        }
        return Optional.empty();
    }

    private static int targetIn(Resource slice, String portName) {
        for (JsonNode each : slice.tree().path("ports")) {
            if (Resource.text(each, "name").equals(portName)) {
                return each.path("port").asInt(0);
            }
        }
        return 0;
    }
}
