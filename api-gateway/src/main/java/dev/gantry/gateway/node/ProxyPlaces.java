package dev.gantry.gateway.node;

import dev.gantry.gateway.proxy.Reach;
import dev.gantry.model.address.Address;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Where the proxy paths of pods and Services lead.
 *
 * <p>Compat: {@code ResourceLocation} of the registries of pods and Services.
 */
public final class ProxyPlaces {
    static final Refusal NOT_ALLOWED = new Refusal.BadRequest("address not allowed");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65_535;

    private final Reach reach;

    public ProxyPlaces(Reach reach) {
        this.reach = reach;
    }

    /** At its root. */
    public Place pod(Resource pod, ProxyName name) {
        Optional<Address> address = reach.address(Resource.text(pod.status(), "podIP"));
        if (address.isEmpty()) {
            return new Place.Nowhere(NOT_ALLOWED);
        }
        Optional<Integer> port =
                name.port().isEmpty() ? Optional.of(firstPort(pod, name)) : number(name.port());
        return port.isPresent()
                ? program(name, address.get(), port.get())
                : new Place.Nowhere(
                        new Refusal.BadRequest("invalid pod request \"" + name.port() + "\""));
    }

    /**
     * At its root. Only endpoints that are pods of the Service's namespace count, and only at an
     * address that the pod has: the writer of an EndpointSlice must not aim the control plane.
     *
     * @param slices the Service's EndpointSlices
     * @param pods of the Service's namespace, by name
     * @param pick any number; chooses among the ready endpoints
     */
    public Place service(
            Resource service,
            List<Resource> slices,
            Function<String, Optional<Resource>> pods,
            ProxyName name,
            int pick) {
        Optional<String> port = portName(service, name.port());
        if (port.isEmpty()) {
            return nowhere(
                    "no service port %s found for service \"%s\""
                            .formatted(name.port(), service.name()));
        }
        List<Candidate> ready = new ArrayList<>();
        for (Resource slice : slices) {
            int target = targetIn(slice, port.get());
            for (JsonNode endpoint : slice.tree().path("endpoints")) {
                boolean isReady = endpoint.path("conditions").path("ready").asBoolean(true);
                if (target > 0 && isReady) {
                    ready.add(new Candidate(endpoint, target));
                }
            }
        }
        for (int i = 0; i < ready.size(); i++) {
            Candidate next = ready.get(Math.floorMod(pick + i, ready.size()));
            Optional<Address> address =
                    next.address(service.namespace(), pods).flatMap(reach::address);
            if (address.isPresent()) {
                return program(name, address.get(), next.port());
            }
        }
        String asked = name.port().isEmpty() ? "" : ":" + name.port();
        return nowhere(
                "no endpoints available for service \"%s\"".formatted(service.name() + asked));
    }

    private record Candidate(JsonNode endpoint, int port) {
        /** Compat: {@code isValidAddress}. */
        Optional<String> address(String namespace, Function<String, Optional<Resource>> pods) {
            JsonNode target = endpoint.path("targetRef");
            String stated = Resource.text(target, "namespace");
            boolean isPod =
                    Resource.text(target, "kind").equals("Pod")
                            && (stated.isEmpty() || stated.equals(namespace));
            String address = endpoint.path("addresses").path(0).asString("");
            return isPod
                    ? pods.apply(Resource.text(target, "name"))
                            .filter(pod -> hasAddress(pod, address))
                            .map(_ -> address)
                    : Optional.empty();
        }

        private static boolean hasAddress(Resource pod, String address) {
            for (JsonNode each : pod.status().path("podIPs")) {
                if (Resource.text(each, "ip").equals(address)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Place program(ProxyName name, Address address, int port) {
        return new Place.At(name.scheme(), address.toString(), port, "/", "", "");
    }

    /** Endpoints know ports by their name; empty where the Service has no such number. */
    private static Optional<String> portName(Resource service, String asked) {
        Optional<Integer> wanted = number(asked);
        if (wanted.isEmpty()) {
            return Optional.of(asked);
        }
        for (JsonNode each : service.spec().path("ports")) {
            if (each.path("port").asInt(0) == wanted.get()) {
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

    private static Place nowhere(String why) {
        return new Place.Nowhere(new Refusal.Unavailable(why, Duration.ofSeconds(1)));
    }

    private static int firstPort(Resource pod, ProxyName name) {
        for (JsonNode container : pod.spec().path("containers")) {
            int port = container.path("ports").path(0).path("containerPort").asInt(0);
            if (port > 0) {
                return port;
            }
        }
        return name.scheme().equals("https") ? HTTPS : HTTP;
    }

    static Optional<Integer> number(String text) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= 5
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber
                ? Optional.of(Integer.parseInt(text)).filter(port -> port > 0 && port <= LAST_PORT)
                : Optional.empty();
    }
}
