package dev.gantry.state.aggregation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether what an APIService leads to can be asked: its condition {@code Available}.
 *
 * <p>Compat: reasons and messages of {@code remote_available_controller.go} and {@code
 * local_available_controller.go}.
 */
public final class Availability {
    public static final Conditions.Wanted PASSED = is("True", "Passed", "all checks passed");
    public static final Conditions.Wanted LOCAL =
            is("True", "Local", "Local APIServices are always available");

    private Availability() {}

    /** What keeps the server from being asked at all. */
    public static Optional<Conditions.Wanted> obstacle(
            ServicePort wanted, Optional<Resource> service, List<Resource> slices) {
        String where = "service/%s in \"%s\"".formatted(wanted.name(), wanted.namespace());
        if (service.isEmpty()) {
            return not("ServiceNotFound", where + " is not present");
        }
        String type = text(service.get().spec(), "type");
        if (!type.isEmpty() && !type.equals("ClusterIP")) {
            return Optional.empty();
        }
        Optional<String> port = portName(service.get(), wanted.port());
        if (port.isEmpty()) {
            return not("ServicePortError", where + " is not listening on port " + wanted.port());
        }
        if (slices.isEmpty()) {
            return not("EndpointsNotFound", "cannot find endpointslices for " + where);
        }
        return slices.stream().anyMatch(each -> serves(each, port.get()))
                ? Optional.empty()
                : not(
                        "MissingEndpoints",
                        "endpointslices for %s have no addresses with port name \"%s\""
                                .formatted(where, port.get()));
    }

    public static Conditions.Wanted failed(String url, String why) {
        return is(
                "False",
                "FailedDiscoveryCheck",
                "failing or missing response from %s: %s".formatted(url, why));
    }

    /** The object with this condition; empty where it says so already. */
    public static Optional<Resource> put(
            Resource apiService, Conditions.Wanted wanted, Instant now) {
        Optional<JsonNode> present =
                Conditions.find(apiService.status().path("conditions"), wanted.type());
        boolean isSame =
                present.filter(each -> text(each, "status").equals(wanted.status()))
                        .filter(each -> text(each, "reason").equals(wanted.reason()))
                        .filter(each -> text(each, "message").equals(wanted.message()))
                        .isPresent();
        if (isSame) {
            return Optional.empty();
        }
        Resource changed = apiService.copy();
        ObjectNode status = Resource.child(changed.tree(), "status");
        Conditions.set(Resource.array(status, "conditions"), wanted, now);
        return Optional.of(changed);
    }

    private static Optional<String> portName(Resource service, int number) {
        for (JsonNode each : service.spec().path("ports")) {
            if (each.path("port").asInt(0) == number) {
                return Optional.of(text(each, "name"));
            }
        }
        return Optional.empty();
    }

    private static boolean serves(Resource slice, String portName) {
        boolean isReady = false;
        for (JsonNode each : slice.tree().path("endpoints")) {
            isReady |= each.path("conditions").path("ready").asBoolean(true);
        }
        boolean hasPort = false;
        for (JsonNode each : slice.tree().path("ports")) {
            hasPort |= text(each, "name").equals(portName) && each.path("port").isNumber();
        }
        return isReady && hasPort;
    }

    private static Optional<Conditions.Wanted> not(String reason, String message) {
        return Optional.of(is("False", reason, message));
    }

    private static Conditions.Wanted is(String status, String reason, String message) {
        return new Conditions.Wanted("Available", status, reason, message);
    }
}
