package dev.gantry.gateway.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where the proxy paths of pods and Services lead. */
public final class ProxyPlaces {
    private static final int HTTP = 80;

    private ProxyPlaces() {}

    /** {@code rest} is the path behind {@code /proxy}, encoded, with its slash. */
    public static Place pod(Resource pod, ProxyName name, String rest, String query) {
        String address = Resource.text(pod.status(), "podIP");
        if (address.isEmpty()) {
            return new Place.Nowhere(
                    new Refusal.Unavailable(
                            "pod \"%s\" has no address yet".formatted(pod.name()),
                            Duration.ofSeconds(1)));
        }
        Optional<Integer> port =
                name.port().isEmpty() ? Optional.of(firstPort(pod)) : number(name.port());
        return port.isPresent()
                ? new Place.At(name.scheme(), address, port.get(), rest, query)
                : new Place.Nowhere(
                        new Refusal.BadRequest("invalid pod request \"" + name.port() + "\""));
    }

    /**
     * @param slices the Service's EndpointSlices
     * @param pick any number; chooses among the ready endpoints
     */
    public static Place service(Resource service, List<Resource> slices, ProxyName name, int pick) {
        Optional<JsonNode> port = portOf(service, name.port());
        if (port.isEmpty()) {
            return new Place.Nowhere(noPort(service, name.port()));
        }
        List<Place.At> ready = new ArrayList<>();
        for (Resource slice : slices) {
            int target = targetIn(slice, Resource.text(port.get(), "name"));
            for (JsonNode endpoint : slice.tree().path("endpoints")) {
                boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
                if (target > 0 && isReady) {
                    String address = endpoint.path("addresses").path(0).asString("");
                    ready.add(new Place.At(name.scheme(), address, target, "/", ""));
                }
            }
        }
        return ready.isEmpty()
                ? new Place.Nowhere(noPort(service, name.port()))
                : ready.get(Math.floorMod(pick, ready.size()));
    }

    private static Optional<JsonNode> portOf(Resource service, String asked) {
        JsonNode ports = service.spec().path("ports");
        if (asked.isEmpty()) {
            return ports.size() == 1 ? Optional.of(ports.path(0)) : Optional.empty();
        }
        for (JsonNode each : ports) {
            boolean isNamed = Resource.text(each, "name").equals(asked);
            if (isNamed || each.path("port").asString("").equals(asked)) {
                return Optional.of(each);
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

    private static Refusal noPort(Resource service, String asked) {
        String name = asked.isEmpty() ? service.name() : service.name() + ":" + asked;
        return new Refusal.Unavailable(
                "no endpoints available for service \"%s\"".formatted(name), Duration.ofSeconds(1));
    }

    private static int firstPort(Resource pod) {
        for (JsonNode container : pod.spec().path("containers")) {
            int port = container.path("ports").path(0).path("containerPort").asInt(0);
            if (port > 0) {
                return port;
            }
        }
        return HTTP;
    }

    private static Optional<Integer> number(String text) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= 5
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
