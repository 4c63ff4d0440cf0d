package dev.gantry.state.webhook;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.view.View;
import dev.gantry.state.webhook.WebhookCall.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a port of a Service is served: its ready endpoints, since cluster IPs mean something on
 * nodes only. Compat: {@code ResolveEndpoint} of the aggregator, by which {@code
 * --enable-aggregator-routing} goes.
 */
public record ServiceEndpoints(View view) {
    /** What was found. */
    public sealed interface Found {
        /**
         * @param addresses IPs, each of which serves the port
         */
        record At(List<String> addresses, int port) implements Found {}

        record Nowhere(String why) implements Found {}
    }

    public Found find(ServicePort wanted) {
        var key = new ObjectKey(Resources.SERVICES, wanted.namespace(), wanted.name());
        Optional<Resource> service = view.get(key).map(StoredObject::decode);
        if (service.isEmpty()) {
            return nowhere("service %s not found", wanted);
        }
        for (JsonNode port : service.get().spec().path("ports")) {
            if (port.path("port").asInt(0) == wanted.port()) {
                return endpoints(wanted, text(port, "name"));
            }
        }
        return nowhere("no service port " + wanted.port() + " found for service %s", wanted);
    }

    private Found endpoints(ServicePort wanted, String portName) {
        List<String> addresses = new ArrayList<>();
        int target = 0;
        for (Resource slice : slices(wanted)) {
            int here = portIn(slice, portName);
            if (here > 0 && (target == 0 || target == here)) {
                target = here;
                addresses.addAll(ready(slice));
            }
        }
        return addresses.isEmpty()
                ? nowhere("no endpoints available for service %s", wanted)
                : new Found.At(addresses, target);
    }

    private List<Resource> slices(ServicePort wanted) {
        return view.list(Resources.ENDPOINT_SLICES, wanted.namespace()).objects().stream()
                .filter(
                        each ->
                                wanted.name()
                                        .equals(each.labels().get("kubernetes.io/service-name")))
                .map(StoredObject::decode)
                .toList();
    }

    private static int portIn(Resource slice, String name) {
        for (JsonNode each : slice.tree().path("ports")) {
            if (text(each, "name").equals(name)) {
                return each.path("port").asInt(0);
            }
        }
        return 0;
    }

    private static List<String> ready(Resource slice) {
        List<String> found = new ArrayList<>();
        for (JsonNode endpoint : slice.tree().path("endpoints")) {
            if (endpoint.path("conditions").path("ready").asBoolean(true)) {
                String address = endpoint.path("addresses").path(0).asString("");
                if (!address.isEmpty()) {
                    found.add(address);
                }
            }
        }
        return found;
    }

    private static Found nowhere(String format, ServicePort wanted) {
        return new Found.Nowhere(format.formatted(GoText.quote(wanted.name())));
    }
}
