package dev.gantry.client.shell.http;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action.Propagation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Kubernetes API over JSON trees. The models of the Kubernetes Java Client are left out, since
 * they drop or reject fields that they don't know.
 *
 * <p>Throws {@link ApiRefused} where the API answered no, {@link ApiUnreachable} where none came.
 */
public final class ClusterApi {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final MediaType BODY = MediaType.get("application/json");
    private static final String ANONYMOUS = "gantry";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String server;
    private final OkHttpClient http;
    private final String name;
    private final RequestMetrics metrics = new RequestMetrics();
    private final Map<GroupResource, Kind> discovered = new ConcurrentHashMap<>();

    private ClusterApi(OkHttpClient client, String server, String name) {
        this.server = server;
        this.name = name;
        var dispatcher = new okhttp3.Dispatcher();
        dispatcher.setMaxRequests(256);
        dispatcher.setMaxRequestsPerHost(256);
        this.http =
                client.newBuilder()
                        .dispatcher(dispatcher)
                        .readTimeout(TIMEOUT)
                        .callTimeout(TIMEOUT)
                        .addInterceptor(metrics)
                        .build();
    }

    public static ClusterApi fromKubeconfig(Path file) throws IOException {
        return fromKubeconfig(file, ANONYMOUS);
    }

    /**
     * @param name of who writes: the field manager of what is written
     */
    public static ClusterApi fromKubeconfig(Path file, String name) throws IOException {
        return of(Kubeconfig.read(file).access(), name);
    }

    /** As kubectl finds its cluster in several files; an empty context is the current one. */
    public static ClusterApi fromKubeconfigs(List<Path> files, String context) throws IOException {
        return of(ClusterAccess.fromKubeconfigs(files, context));
    }

    public static ClusterApi of(ClusterAccess access) {
        return of(access, ANONYMOUS);
    }

    /**
     * @param name of who writes: the field manager of what is written
     */
    public static ClusterApi of(ClusterAccess access, String name) {
        return new ClusterApi(access.http(), access.server(), name);
    }

    /** The namespace that the context names, or {@code default}. */
    public static String namespaceOf(List<Path> files, String context) throws IOException {
        String named = Kubeconfig.read(files, context).namespace();
        return named.isEmpty() ? "default" : named;
    }

    public Optional<Resource> get(ObjectKey key) {
        try {
            return Optional.of(send("GET", pathOf(key), null, BODY));
        } catch (ApiRefused refused) {
            boolean isGone = refused.reason().equals("NotFound");
            if (refused.isMissing() && !isGone) {
                // The path is: the kind is served in another version now, if at all.
                discovered.remove(key.resource());
            } else if (refused.isMissing()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    public Resource create(GroupResource resource, Resource object) {
        return send("POST", pathOf(resource, object.namespace()), object.tree(), BODY);
    }

    public Resource update(GroupResource resource, Resource object) {
        return send("PUT", pathOf(object.key(resource)), object.tree(), BODY);
    }

    public Resource putStatus(GroupResource resource, Resource object) {
        return send("PUT", pathOf(object.key(resource)) + "/status", object.tree(), BODY);
    }

    /**
     * {@code application/merge-patch+json}; {@code subresource} is empty or, say, {@code status}.
     */
    public Resource mergePatch(ObjectKey key, String subresource, ObjectNode patch) {
        String path = subresource.isEmpty() ? pathOf(key) : pathOf(key) + "/" + subresource;
        return send("PATCH", path, patch, MediaType.get("application/merge-patch+json"));
    }

    /** POST to a subresource such as {@code token} or {@code eviction}. */
    public Resource createSubresource(ObjectKey key, String subresource, ObjectNode body) {
        return send("POST", path(key) + "/" + subresource, body, BODY);
    }

    /** An object that is gone already is as good as deleted. */
    public void delete(ObjectKey key, Uid uid, Propagation propagation) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("propagationPolicy", propagation.wire());
        delete(key, uid, options);
    }

    /** Without grace: nobody is asked to end it first. */
    public void remove(ObjectKey key, Uid uid) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("gracePeriodSeconds", 0);
        delete(key, uid, options);
    }

    private void delete(ObjectKey key, Uid uid, ObjectNode options) {
        options.put("kind", "DeleteOptions").put("apiVersion", "v1");
        options.putObject("preconditions").put("uid", uid.value());
        try {
            send("DELETE", pathOf(key), options, BODY);
        } catch (ApiRefused refused) {
            if (!refused.isMissing()) {
                throw refused;
            }
        }
    }

    /** All pages; {@code query} such as {@code fieldSelector=spec.nodeName%3Da}, or empty. */
    public List<Resource> list(GroupResource resource, String namespace, String query) {
        return list(servedKind(resource), namespace, query);
    }

    /** As above, of a kind that discovery told of. */
    public List<Resource> list(Kind kind, String namespace, String query) {
        String path = path(kind, namespace) + "?limit=500" + (query.isEmpty() ? "" : "&" + query);
        List<Resource> found = new ArrayList<>();
        String page = "";
        do {
            Resource list = send("GET", path + page, null, BODY);
            for (JsonNode item : list.tree().path("items")) {
                ObjectNode object = (ObjectNode) item;
                object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
                found.add(new Resource(object));
            }
            String token = Resource.text(list.metadata(), "continue");
            page = token.isEmpty() ? "" : "&continue=" + token;
        } while (!page.isEmpty());
        return found;
    }

    /** The raw answer to any request on any path, for what has no method here. */
    public Resource send(
            String method, String pathAndQuery, @Nullable ObjectNode body, MediaType type) {
        RequestBody sent =
                body == null ? null : RequestBody.create(JSON.writeValueAsBytes(body), type);
        Request request =
                new Request.Builder()
                        .url(url(pathAndQuery))
                        .header("Accept", "application/json")
                        .header("User-Agent", name)
                        .method(method, sent)
                        .build();
        try (Response response = http.newCall(request).execute()) {
            return read(response);
        } catch (IOException fault) {
            throw new ApiUnreachable(
                    method + " " + pathAndQuery + ": " + fault.getMessage(), fault);
        }
    }

    /** Throws only where no answer came. */
    public ApiAnswer answer(ApiQuery query) {
        HttpUrl.Builder url = url(query.path()).newBuilder();
        query.parameters().forEach(url::addQueryParameter);
        HttpUrl whole = url.build();
        String parameters = whole.encodedQuery();
        try {
            return new ApiAnswer.Found(
                    send(
                            query.body().isPresent() ? "POST" : "GET",
                            parameters == null ? query.path() : query.path() + "?" + parameters,
                            query.body().orElse(null),
                            BODY));
        } catch (ApiRefused refused) {
            return new ApiAnswer.Refused(
                    refused.code(), refused.reason(), String.valueOf(refused.getMessage()));
        }
    }

    /**
     * A client with the same identity and connections, for streams that this class has no word for.
     */
    public OkHttpClient http() {
        return http;
    }

    /** Which requests there were, and how long they took. */
    public RequestMetrics metrics() {
        return metrics;
    }

    /** Where the API listens. */
    public InetSocketAddress address() {
        HttpUrl url = HttpUrl.get(server);
        return InetSocketAddress.createUnresolved(url.host(), url.port());
    }

    public HttpUrl url(String pathAndQuery) {
        return HttpUrl.get(
                server.endsWith("/") ? server + pathAndQuery.substring(1) : server + pathAndQuery);
    }

    /** As {@link #path}, also of a resource that is defined while the cluster runs. */
    public String pathOf(GroupResource resource, String namespace) {
        return path(servedKind(resource), namespace);
    }

    private String pathOf(ObjectKey key) {
        return pathOf(key.resource(), key.namespace()) + "/" + key.name();
    }

    /**
     * Cost: discovery is asked only for what is not built in, and then once, until the version that
     * it told of is no longer served.
     */
    private Kind servedKind(GroupResource resource) {
        return Kinds.of(resource)
                .or(() -> Optional.ofNullable(discovered.get(resource)))
                .or(() -> discover(resource))
                .orElseThrow(() -> new ApiRefused(503, "", Set.of(), "not served: " + resource));
    }

    private Optional<Kind> discover(GroupResource resource) {
        var served = new ServedKinds(path -> send("GET", path, null, BODY));
        for (Kind each : served.listable(resource.group())) {
            discovered.put(each.resource(), each);
        }
        return Optional.ofNullable(discovered.get(resource));
    }

    public static String path(ObjectKey key) {
        return path(key.resource(), key.namespace()) + "/" + key.name();
    }

    /** An empty namespace means all of them, or a cluster-scoped resource. */
    public static String path(GroupResource resource, String namespace) {
        return path(kindOf(resource), namespace);
    }

    public static String path(Kind kind, String namespace) {
        String root = kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion();
        return namespace.isEmpty()
                ? root + "/" + kind.plural()
                : root + "/namespaces/" + namespace + "/" + kind.plural();
    }

    private static Kind kindOf(GroupResource resource) {
        return Kinds.of(resource)
                .orElseThrow(
                        () -> new IllegalArgumentException("no built-in resource " + resource));
    }

    private static Resource read(Response response) throws IOException {
        ResponseBody body = response.body();
        byte[] bytes = body.bytes();
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            throw new ApiRefused(
                    response.code(),
                    "",
                    Set.of(),
                    "an answer that is no JSON: " + notJson.getOriginalMessage());
        }
        if (response.isSuccessful() && tree instanceof ObjectNode object) {
            return new Resource(object);
        }
        throw new ApiRefused(
                response.code(),
                Resource.text(tree, "reason"),
                causes(tree.path("details").path("causes")),
                Resource.text(tree, "message"));
    }

    private static Set<String> causes(JsonNode causes) {
        Set<String> found = new HashSet<>();
        causes.forEach(each -> found.add(Resource.text(each, "reason")));
        return found;
    }
}
