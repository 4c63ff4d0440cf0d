package dev.gantry.gateway.shell.agent;

import dev.gantry.gateway.node.AgentPlaces;
import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.node.ProxyName;
import dev.gantry.gateway.node.ProxyPlaces;
import dev.gantry.gateway.proxy.Links;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.UrlEscapes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** The {@code proxy} subresources of pods, services and nodes. */
final class ProxyRequests {
    private final StateClient state;
    private final Reach reach;
    private final ProxyPlaces places;

    ProxyRequests(StateClient state, Reach reach) {
        this.state = state;
        this.reach = reach;
        this.places = new ProxyPlaces(reach);
    }

    Answer answer(Incoming incoming) {
        Optional<ProxyName> name = ProxyName.parse(incoming.api().name());
        if (name.isEmpty()) {
            String what = incoming.api().plural().replaceFirst("s$", "");
            return refuse(
                    new Refusal.BadRequest(
                            "invalid %s request \"%s\"".formatted(what, incoming.api().name())));
        }
        String rest = behindProxy(incoming);
        boolean isRead = incoming.method().equals("GET") || incoming.isHead();
        if (rest.isEmpty() && isRead && !incoming.wantsUpgrade()) {
            return redirect(incoming);
        }
        String path = rest.isEmpty() ? "/" : rest;
        return switch (place(incoming.api(), name.get(), path, incoming.query().raw())) {
            case Place.Nowhere(var why) -> refuse(why);
            case Place.At at -> {
                String raw = rawPath(incoming);
                String prefix = raw.substring(0, raw.length() - rest.length());
                yield new Answer.Proxy(
                        at, new Links(prefix, at.authority(), incoming.header("host")));
            }
        };
    }

    private Place place(ApiRequest api, ProxyName name, String rest, String query) {
        Optional<Place> place =
                switch (api.plural()) {
                    case "pods" ->
                            found(Kinds.POD, api.namespace(), name.name())
                                    .map(pod -> at(places.pod(pod, name), rest, query));
                    case "services" ->
                            found(Kinds.SERVICE, api.namespace(), name.name())
                                    .map(service -> at(service(service, name), rest, query));
                    default ->
                            found(Kinds.NODE, "", name.name())
                                    .map(
                                            node ->
                                                    AgentPlaces.anything(
                                                            node, name, reach, rest, query));
                };
        return place.orElseGet(
                () -> new Place.Nowhere(new Refusal.Missing(api.resource(), name.name())));
    }

    private static Place at(Place root, String rest, String query) {
        return switch (root) {
            case Place.At at -> at.with(rest, query);
            case Place.Nowhere nowhere -> nowhere;
        };
    }

    private Place service(Resource service, ProxyName name) {
        String namespace = service.namespace();
        List<Resource> slices =
                state.list(
                        Resources.ENDPOINT_SLICES,
                        namespace,
                        "labelSelector="
                                + UrlEscapes.encode(
                                        "kubernetes.io/service-name=" + service.name()));
        return places.service(
                service,
                slices,
                pod -> found(Kinds.POD, namespace, pod),
                name,
                ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }

    private Optional<Resource> found(Kind kind, String namespace, String name) {
        return state.get(new ObjectKey(kind.resource(), namespace, name));
    }

    /** Compat: a page behind a proxy has relative links, which only work below a slash. */
    private static Answer redirect(Incoming incoming) {
        SortedMap<String, String> headers = new TreeMap<>();
        String query = incoming.query().raw();
        String path = rawPath(incoming) + "/";
        headers.put("Location", query.isEmpty() ? path : path + "?" + query);
        return new Answer.Reply(new ApiReply.Whole(301, "", headers, new byte[0]));
    }

    /** As the client encoded it; the path before it has a fixed number of segments. */
    private static String behindProxy(Incoming incoming) {
        String raw = rawPath(incoming);
        int segments = incoming.api().namespace().isEmpty() ? 5 : 7;
        int at = 0;
        for (int i = 0; i < segments && at >= 0; i++) {
            at = raw.indexOf('/', at + 1);
        }
        return at < 0 ? "" : raw.substring(at);
    }

    private static String rawPath(Incoming incoming) {
        int mark = incoming.uri().indexOf('?');
        return mark < 0 ? incoming.uri() : incoming.uri().substring(0, mark);
    }

    private static Answer refuse(Refusal why) {
        return new Answer.Reply(Replies.refusal(why));
    }
}
