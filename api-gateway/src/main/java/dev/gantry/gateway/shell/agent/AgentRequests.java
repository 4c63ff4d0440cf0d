package dev.gantry.gateway.shell.agent;

import dev.gantry.gateway.node.AgentPlaces;
import dev.gantry.gateway.node.ContainerChoice;
import dev.gantry.gateway.node.LogOptions;
import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.exchange.Unreachable;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Logs, exec, attach and port-forward of pods. */
final class AgentRequests {
    private static final String TEXT = "text/plain";
    private static final String SPDY = "SPDY/3.1";

    private final StateClient state;
    private final AgentClient agents;

    AgentRequests(StateClient state, Backends backends) {
        this.state = state;
        this.agents = new AgentClient(backends);
    }

    Answer answer(Incoming incoming) {
        ApiRequest api = incoming.api();
        Optional<Resource> pod = state.get(key(Kinds.POD, api.namespace(), api.name()));
        if (pod.isEmpty()) {
            return refuse(new Refusal.Missing(api.resource(), api.name()));
        }
        if (api.subresource().equals("portforward")) {
            return connect(incoming, pod.get(), "");
        }
        return switch (ContainerChoice.of(pod.get(), incoming.query().first("container"))) {
            case ContainerChoice.Unclear(var why) -> refuse(why);
            case ContainerChoice.Chosen(var container) ->
                    api.subresource().equals("log")
                            ? logs(incoming, pod.get(), container)
                            : connect(incoming, pod.get(), container);
        };
    }

    private Answer logs(Incoming incoming, Resource pod, String container) {
        Optional<Refusal> wrong = LogOptions.refusal(pod.name(), incoming.query());
        if (wrong.isPresent()) {
            return refuse(wrong.get());
        }
        String nodeName = AgentPlaces.nodeOf(pod);
        if (nodeName.isEmpty()) {
            // Compat: a pod that runs nowhere has an empty log.
            return stream(new NoFrames());
        }
        Optional<Resource> node = state.get(key(Kinds.NODE, "", nodeName));
        if (node.isEmpty()) {
            return refuse(AgentPlaces.nodeGone(nodeName));
        }
        return switch (AgentPlaces.logs(pod, node.get(), container, incoming.query())) {
            case Place.Nowhere(var why) -> refuse(why);
            case Place.At at -> logsAt(at, pod, container);
        };
    }

    private Answer logsAt(Place.At at, Resource pod, String container) {
        try {
            return switch (agents.get(at)) {
                case AgentClient.Said.Stream(var frames) -> stream(frames);
                case AgentClient.Said.No(int code, String complaint) ->
                        refuse(explain(code, complaint, pod, container));
            };
        } catch (IOException unreachable) {
            return refuse(Unreachable.got(at.url(), unreachable));
        }
    }

    /** Compat: {@code GenericHttpResponseChecker}. */
    private static Refusal explain(int code, String complaint, Resource pod, String container) {
        Optional<Refusal> waiting = LogOptions.waiting(pod, container);
        return switch (code) {
            case 400 -> new Refusal.BadRequest(complaint);
            case 404 -> waiting.orElse(new Refusal.BadRequest(complaint));
            default -> new Refusal.Internal("Internal error occurred: " + complaint);
        };
    }

    private Answer connect(Incoming incoming, Resource pod, String container) {
        if (incoming.header("upgrade").isEmpty()) {
            return refuse(new Refusal.BadRequest("Upgrade request required"));
        }
        String nodeName = AgentPlaces.nodeOf(pod);
        if (nodeName.isEmpty()) {
            return refuse(AgentPlaces.notBound(pod));
        }
        Optional<Resource> node = state.get(key(Kinds.NODE, "", nodeName));
        if (node.isEmpty()) {
            return refuse(AgentPlaces.nodeGone(nodeName));
        }
        String action = incoming.api().subresource();
        Place place =
                action.equals("portforward")
                        ? AgentPlaces.ports(pod, node.get(), incoming.query())
                        : AgentPlaces.streams(action, pod, node.get(), container, incoming.query());
        return switch (place) {
            case Place.Nowhere(var why) -> refuse(why);
            case Place.At _ when !isSpoken(incoming) ->
                    refuse(
                            new Refusal.BadRequest(
                                    "unable to upgrade connection: %s is not spoken here, but WebSocket and %s"
                                            .formatted(incoming.header("upgrade"), SPDY)));
            case Place.At at -> new Answer.Connect(at, unknown(pod, container));
        };
    }

    private static boolean isSpoken(Incoming incoming) {
        return incoming.wantsWebSocket() || incoming.header("upgrade").equalsIgnoreCase(SPDY);
    }

    /** Compat: the kubelet's words. */
    private static String unknown(Resource pod, String container) {
        return container.isEmpty()
                ? "pod not found (\"%s_%s\")".formatted(pod.name(), pod.namespace())
                : "container not found (\"%s\")".formatted(container);
    }

    private static Answer stream(FrameSource frames) {
        return new Answer.Reply(new ApiReply.Streaming(200, TEXT, new TreeMap<>(), frames));
    }

    private static Answer refuse(Refusal why) {
        return new Answer.Reply(Replies.refusal(why));
    }

    private static ObjectKey key(Kind kind, String namespace, String name) {
        return new ObjectKey(kind.resource(), namespace, name);
    }

    private static final class NoFrames implements FrameSource {
        @Override
        public byte @Nullable [] next() {
            return null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
