package dev.gantry.model.endpoint;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An endpoint that is ready, and the port at which it serves.
 *
 * @param endpoint as its EndpointSlice has it
 */
public record ReadyEndpoint(JsonNode endpoint, int port) {
    /** Those that serve a port of the Service whose slices these are. */
    public static List<ReadyEndpoint> in(List<Resource> slices, String portName) {
        List<ReadyEndpoint> ready = new ArrayList<>();
        for (Resource slice : slices) {
            int target = targetIn(slice, portName);
            for (JsonNode endpoint : slice.tree().path("endpoints")) {
                boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
                if (target > 0 && isReady) {
                    ready.add(new ReadyEndpoint(endpoint, target));
                }
            }
        }
        return ready;
    }

    /** Endpoints know ports by their name; empty where the Service has no such number. */
    public static Optional<String> portName(Resource service, int number) {
        for (JsonNode each : service.spec().path("ports")) {
            if (each.path("port").asInt(0) == number) {
                return Optional.of(Resource.text(each, "name"));
            }
        }
        return Optional.empty();
    }

    /** Empty where it has none. */
    public String address() {
        return endpoint.path("addresses").path(0).asString("");
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
