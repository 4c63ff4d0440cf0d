package dev.gantry.gateway.node;

import dev.gantry.gateway.aggregation.RemoteApi;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.model.address.Address;
import dev.gantry.model.endpoint.ReadyEndpoint;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
            Resource service, List<Resource> slices, PodLookup pods, ProxyName name, int pick) {
        Optional<String> port = portName(service, name.port());
        if (port.isEmpty()) {
            return nowhere(
                    "no service port %s found for service \"%s\""
                            .formatted(name.port(), service.name()));
        }
        List<ReadyEndpoint> ready = ReadyEndpoint.in(slices, port.get());
        for (int i = 0; i < ready.size(); i++) {
            ReadyEndpoint next = ready.get(Math.floorMod(pick + i, ready.size()));
            Optional<Address> address =
                    podAddress(next, service.namespace(), pods).flatMap(reach::address);
            if (address.isPresent()) {
                return program(name, address.get(), next.port());
            }
        }
        String asked = name.port().isEmpty() ? "" : ":" + name.port();
        return nowhere(
                "no endpoints available for service \"%s\"".formatted(service.name() + asked));
    }

    /**
     * Where the extension server of an API is, at its root. Compat: {@code ResolveEndpoint} of the
     * aggregator.
     *
     * <p>One that proves by its certificate that it is the Service may be anywhere, in the control
     * plane, too. Where nobody looks at certificates, the rules of the proxies hold.
     *
     * @param pick any number; chooses among the ready endpoints
     */
    public Place extension(
            RemoteApi api, Resource service, List<Resource> slices, PodLookup pods, int pick) {
        Optional<String> port = ReadyEndpoint.portName(service, api.port());
        List<ReadyEndpoint> ready =
                port.map(name -> ReadyEndpoint.in(slices, name)).orElse(List.of());
        for (int i = 0; i < ready.size(); i++) {
            ReadyEndpoint next = ready.get(Math.floorMod(pick + i, ready.size()));
            Optional<Address> address =
                    api.trust().isChecked()
                            ? Address.parse(next.address())
                            : podAddress(next, service.namespace(), pods).flatMap(reach::address);
            if (address.isPresent()) {
                return new Place.At("https", address.get().toString(), next.port(), "/", "", "");
            }
        }
        return nowhere("no endpoints available for service \"%s\"".formatted(service.name()));
    }

    /** Pods of one namespace, by name. */
    @FunctionalInterface
    public interface PodLookup {
        Optional<Resource> find(String name);
    }

    /** Compat: {@code isValidAddress}. */
    private static Optional<String> podAddress(
            ReadyEndpoint candidate, String namespace, PodLookup pods) {
        JsonNode target = candidate.endpoint().path("targetRef");
        String stated = Resource.text(target, "namespace");
        boolean isPod =
                Resource.text(target, "kind").equals("Pod")
                        && (stated.isEmpty() || stated.equals(namespace));
        String address = candidate.address();
        return isPod
                ? pods.find(Resource.text(target, "name"))
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

    private static Place program(ProxyName name, Address address, int port) {
        return new Place.At(name.scheme(), address.toString(), port, "/", "", "");
    }

    /** Empty where the Service has no such number. */
    private static Optional<String> portName(Resource service, String asked) {
        Optional<Integer> wanted = number(asked);
        return wanted.isEmpty()
                ? Optional.of(asked)
                : ReadyEndpoint.portName(service, wanted.get());
    }

    private static Place nowhere(String why) {
        return new Place.Nowhere(new Refusal.Unavailable(why, Duration.ZERO));
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
