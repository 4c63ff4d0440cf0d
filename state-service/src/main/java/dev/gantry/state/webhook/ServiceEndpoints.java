package dev.gantry.state.webhook;

import dev.gantry.model.endpoint.ReadyEndpoint;
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
        return ReadyEndpoint.portName(service.get(), wanted.port())
                .map(name -> endpoints(wanted, name))
                .orElseGet(
                        () ->
                                nowhere(
                                        "no service port "
                                                + wanted.port()
                                                + " found for service %s",
                                        wanted));
    }

    private Found endpoints(ServicePort wanted, String portName) {
        List<ReadyEndpoint> ready = new ArrayList<>(ReadyEndpoint.in(slices(wanted), portName));
        ready.removeIf(each -> each.address().isEmpty());
        if (ready.isEmpty()) {
            return nowhere("no endpoints available for service %s", wanted);
        }
        int target = ready.getFirst().port();
        ready.removeIf(each -> each.port() != target);
        return new Found.At(ready.stream().map(ReadyEndpoint::address).toList(), target);
    }

    public List<Resource> slices(ServicePort wanted) {
        return view.list(Resources.ENDPOINT_SLICES, wanted.namespace()).objects().stream()
                .filter(
                        each ->
                                wanted.name()
                                        .equals(each.labels().get("kubernetes.io/service-name")))
                .map(StoredObject::decode)
                .toList();
    }

    private static Found nowhere(String format, ServicePort wanted) {
        return new Found.Nowhere(format.formatted(GoText.quote(wanted.name())));
    }
}
