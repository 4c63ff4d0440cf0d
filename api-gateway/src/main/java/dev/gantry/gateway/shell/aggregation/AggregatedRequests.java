package dev.gantry.gateway.shell.aggregation;

import dev.gantry.gateway.aggregation.RemoteApi;
import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.node.ProxyPlaces;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.RemoteHeaders;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.UrlEscapes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Requests for what extension servers answer. Compat: {@code handler_proxy.go}. */
public final class AggregatedRequests {
    private static final String UNAVAILABLE = "service unavailable\n";

    private final ApiServiceStore apis;
    private final StateClient state;
    private final ProxyPlaces places;

    public AggregatedRequests(ApiServiceStore apis, StateClient state, Reach reach) {
        this.apis = apis;
        this.state = state;
        this.places = new ProxyPlaces(reach);
    }

    /** Whether the body is passed on as a stream, however long it is. */
    public boolean concerns(ApiRequest api) {
        return apis.current().find(api).isPresent();
    }

    /** Empty where the request is not of this sort. */
    public Optional<Answer> answer(Incoming incoming, Caller caller) {
        return apis.current().find(incoming.api()).map(api -> answer(api, incoming, caller));
    }

    private Answer answer(RemoteApi api, Incoming incoming, Caller caller) {
        if (!ApiRequest.isPlain(incoming.path())) {
            return new Answer.Reply(Replies.refusal(new Refusal.NoSuchPath()));
        }
        if (!api.isAvailable() || !(place(api) instanceof Place.At at)) {
            return new Answer.Reply(Replies.text(503, UNAVAILABLE));
        }
        // What is asked of the server is what was judged, written anew.
        Place.At asked =
                at.with(UrlEscapes.encodePath(incoming.path()), incoming.query().encoded());
        return new Answer.Aggregated(asked, api.trust(), RemoteHeaders.of(caller));
    }

    private Place place(RemoteApi api) {
        String namespace = api.namespace();
        Optional<Resource> service =
                state.get(new ObjectKey(Resources.SERVICES, namespace, api.service()));
        if (service.isEmpty()) {
            return new Place.Nowhere(new Refusal.Missing(Resources.SERVICES, api.service()));
        }
        List<Resource> slices =
                state.list(
                        Resources.ENDPOINT_SLICES,
                        namespace,
                        "labelSelector="
                                + UrlEscapes.encode("kubernetes.io/service-name=" + api.service()));
        return places.extension(
                api,
                service.get(),
                slices,
                pod -> state.get(new ObjectKey(Resources.PODS, namespace, pod)),
                ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }
}
