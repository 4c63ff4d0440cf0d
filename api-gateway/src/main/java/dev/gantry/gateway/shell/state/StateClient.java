package dev.gantry.gateway.shell.state;

import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The gateway's own look-ups and writes, as trees. Throws {@link StateFault} where it gets no. */
public final class StateClient {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Caller SELF = Caller.system("apiserver");
    private static final String APPLY = "application/apply-patch+yaml";
    private static final byte[] NO_BODY = new byte[0];

    /** The state service did not do what the gateway itself needs. */
    public static final class StateFault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        StateFault(int code, String message) {
            super(message);
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private final ApiBackend backend;

    public StateClient(ApiBackend backend) {
        this.backend = backend;
    }

    public Optional<Resource> get(ObjectKey key) {
        ApiReply.Whole reply =
                send("GET", path(key.resource(), key.namespace(), key.name()), "", NO_BODY);
        return reply.code() == 404 ? Optional.empty() : Optional.of(read(reply));
    }

    /**
     * The identity of a namespace; empty where there is none, or the view is not to be had.
     *
     * @param view as of {@link dev.gantry.model.request.ApiRequest}; empty for the live one
     */
    public Optional<Uid> namespace(String view, String name) {
        GroupResource namespaces = Resources.NAMESPACES;
        String path = (view.isEmpty() ? "" : "/" + view) + path(namespaces, "", name);
        ApiReply.Whole reply = send("GET", path, "", NO_BODY);
        return reply.code() == 200 ? Optional.of(read(reply).uid()) : Optional.empty();
    }

    /** How one check of the state service ended; a service that has no such check is well. */
    public boolean isWell(String check) {
        int code = send("GET", "/healthz/" + check, "", NO_BODY).code();
        return code == 200 || code == 404;
    }

    /** The paths that name no resource. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        read(send("GET", "/", "", NO_BODY))
                .tree()
                .path("paths")
                .forEach(each -> paths.add(each.asString("")));
        return paths;
    }

    /** What the state service counts, in Prometheus' text format; empty where it does not say. */
    public String metrics() {
        ApiReply.Whole reply = send("GET", "/metrics", "", NO_BODY);
        return reply.code() == 200 ? new String(reply.body(), StandardCharsets.UTF_8) : "";
    }

    /** {@code query} such as {@code fieldSelector=spec.nodeName%3Da}, or empty. */
    public List<Resource> list(GroupResource resource, String namespace, String query) {
        Kind kind = kindOf(resource);
        Resource list = read(send("GET", path(resource, namespace, ""), query, NO_BODY));
        List<Resource> found = new ArrayList<>();
        for (JsonNode item : list.tree().path("items")) {
            ObjectNode object = (ObjectNode) item;
            object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
            found.add(new Resource(object));
        }
        return found;
    }

    public Resource create(GroupResource resource, Resource object) {
        String path = path(resource, object.namespace(), "");
        return read(send("POST", path, "", JSON.writeValueAsBytes(object.tree())));
    }

    public Resource update(GroupResource resource, Resource object) {
        String path = path(resource, object.namespace(), object.name());
        return read(send("PUT", path, "", JSON.writeValueAsBytes(object.tree())));
    }

    /** Applies what is said of an object's status, whoever said something else. */
    public Resource applyStatus(GroupResource resource, Resource status, String fieldManager) {
        String path = path(resource, status.namespace(), status.name()) + "/status";
        byte[] body = JSON.writeValueAsBytes(status.tree());
        return read(send("PATCH", path, "force=true&fieldManager=" + fieldManager, body));
    }

    private ApiReply.Whole send(String method, String path, String query, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("accept", "application/json");
        if (body.length > 0) {
            headers.put("content-type", method.equals("PATCH") ? APPLY : "application/json");
        }
        ApiReply reply = backend.serve(new ApiCall(method, path, query, headers, body, SELF));
        return switch (reply) {
            case ApiReply.Whole whole -> whole;
            case ApiReply.Streaming stream -> {
                stream.frames().close();
                throw new StateFault(stream.code(), method + " " + path + " answered by a stream");
            }
        };
    }

    private static Resource read(ApiReply.Whole reply) {
        JsonNode tree;
        try {
            tree = JSON.readTree(reply.body());
        } catch (JacksonException notJson) {
            throw new StateFault(reply.code(), "the answer is no JSON");
        }
        if (reply.code() >= 300 || !(tree instanceof ObjectNode object)) {
            throw new StateFault(reply.code(), Resource.text(tree, "message"));
        }
        return new Resource(object);
    }

    private static String path(GroupResource resource, String namespace, String name) {
        Kind kind = kindOf(resource);
        String root = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
        String in = namespace.isEmpty() ? root : root + "/namespaces/" + namespace;
        String path = in + "/" + kind.plural();
        return name.isEmpty() ? path : path + "/" + name;
    }

    private static Kind kindOf(GroupResource resource) {
        return Kinds.of(resource)
                .orElseThrow(() -> new IllegalArgumentException("no built-in " + resource));
    }
}
