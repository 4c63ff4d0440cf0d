package dev.gantry.gateway.node;

import dev.gantry.gateway.proxy.Reach;
import dev.gantry.model.address.Address;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.model.request.UrlEscapes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The agent's address, and its paths for what is asked about a pod. */
public final class AgentPlaces {
    private static final int DEFAULT_PORT = 10250;
    private static final List<String> LOG_OPTIONS =
            List.of(
                    "follow",
                    "previous",
                    "tailLines",
                    "sinceSeconds",
                    "sinceTime",
                    "timestamps",
                    "limitBytes",
                    "stream");
    private static final List<String> STREAMS = List.of("stdin", "stdout", "stderr", "tty");

    private AgentPlaces() {}

    /** The options must have passed {@link LogOptions}. */
    public static Place logs(Resource pod, Resource node, String container, Query query) {
        List<String> kept = new ArrayList<>();
        for (String option : LOG_OPTIONS) {
            query.all(option).stream().limit(1).forEach(value -> kept.add(pair(option, value)));
        }
        return at(node, "/containerLogs/" + path(pod) + "/" + container, kept);
    }

    /** {@code action} is exec or attach. */
    public static Place streams(
            String action, Resource pod, Resource node, String container, Query query) {
        List<String> kept = new ArrayList<>();
        query.all("command").forEach(word -> kept.add(pair("command", word)));
        for (String stream : STREAMS) {
            if (query.isSet(stream)) {
                kept.add(pair(stream, "true"));
            }
        }
        return at(node, "/" + action + "/" + path(pod) + "/" + container, kept);
    }

    public static Place ports(Resource pod, Resource node, Query query) {
        List<String> kept = new ArrayList<>();
        query.all("ports").forEach(port -> kept.add(pair("ports", port)));
        query.all("port").forEach(port -> kept.add(pair("port", port)));
        return at(node, "/portForward/" + path(pod), kept);
    }

    /**
     * Any path of the agent, or of another program on the node, which is named by a port of its
     * own.
     *
     * @param rest encoded, as the query is
     */
    public static Place anything(
            Resource node, ProxyName name, Reach reach, String rest, String query) {
        String own = Integer.toString(port(node));
        if (name.port().isEmpty() || name.port().equals(own)) {
            return switch (at(node, rest, List.of())) {
                case Place.At at -> at.with(rest, query);
                case Place.Nowhere nowhere -> nowhere;
            };
        }
        Optional<Integer> port = ProxyPlaces.number(name.port());
        Optional<Address> address = reach.address(address(node));
        if (port.isEmpty() || address.isEmpty()) {
            return new Place.Nowhere(ProxyPlaces.NOT_ALLOWED);
        }
        return new Place.At(name.scheme(), address.get().toString(), port.get(), rest, query, "");
    }

    private static Place at(Resource node, String path, List<String> pairs) {
        Optional<Address> address = Address.parse(address(node));
        if (address.isEmpty()) {
            return new Place.Nowhere(
                    new Refusal.Unavailable(
                            "node %s has no address yet".formatted(node.name()),
                            Duration.ofSeconds(1)));
        }
        String query = String.join("&", pairs);
        String host = address.get().toString();
        return new Place.At("https", host, port(node), path, query, node.name());
    }

    private static int port(Resource node) {
        return node.status()
                .path("daemonEndpoints")
                .path("kubeletEndpoint")
                .path("Port")
                .asInt(DEFAULT_PORT);
    }

    private static String address(Resource node) {
        for (String type : new String[] {"InternalIP", "ExternalIP"}) {
            for (JsonNode each : node.status().path("addresses")) {
                if (Resource.text(each, "type").equals(type)) {
                    return Resource.text(each, "address");
                }
            }
        }
        return "";
    }

    /** Empty where the pod runs nowhere yet. */
    public static String nodeOf(Resource pod) {
        return Resource.text(pod.spec(), "nodeName");
    }

    public static Refusal notBound(Resource pod) {
        return new Refusal.BadRequest("pod %s does not have a host assigned".formatted(pod.name()));
    }

    public static Refusal nodeGone(String node) {
        return new Refusal.Missing(new GroupResource("", "nodes"), node);
    }

    private static String path(Resource pod) {
        return pod.namespace() + "/" + pod.name();
    }

    private static String pair(String name, String value) {
        return name + "=" + UrlEscapes.encode(value);
    }
}
