package dev.gantry.state.shell.catalog;

import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes of the server itself, to definitions and their objects and to APIServices, through the API
 * like those of everybody else.
 *
 * <p>What is refused is tried again at the next look: another was faster, or this replica does not
 * lead.
 */
public final class Instances {
    private static final String DEFINITIONS =
            "/apis/%s/%s/"
                    .formatted(
                            Kinds.CUSTOM_RESOURCE_DEFINITION.apiVersion(),
                            Kinds.CUSTOM_RESOURCE_DEFINITION.plural());
    private static final Caller SELF = Caller.system("apiserver");

    private final ApiBackend backend;

    public Instances(ApiBackend backend) {
        this.backend = backend;
    }

    /** The definition as it is stored then. Empty where it was refused. */
    Optional<Resource> putStatus(Resource definition) {
        return put(DEFINITIONS + definition.name() + "/status", definition);
    }

    Optional<Resource> put(Resource definition) {
        return put(DEFINITIONS + definition.name(), definition);
    }

    /**
     * @param namespaces those in which there are objects; the empty one where they have none
     */
    void deleteAll(ResourceDefinition resource, Set<String> namespaces) {
        Kind kind =
                resource.versions().stream()
                        .filter(ServedVersion::isServed)
                        .findFirst()
                        .map(ServedVersion::kind)
                        .orElseGet(resource::kind);
        for (String each : namespaces) {
            call("DELETE", pathOf(kind, each), new byte[0]);
        }
    }

    /** Of an object of the whole cluster. */
    public void putStatus(Kind kind, Resource object) {
        put(pathOf(kind, "") + "/" + object.name() + "/status", object);
    }

    public void create(Kind kind, Resource object) {
        call("POST", pathOf(kind, ""), JsonMapper.shared().writeValueAsBytes(object.tree()));
    }

    public void delete(Kind kind, String name) {
        call("DELETE", pathOf(kind, "") + "/" + name, new byte[0]);
    }

    private Optional<Resource> put(String path, Resource object) {
        ApiReply reply = call("PUT", path, JsonMapper.shared().writeValueAsBytes(object.tree()));
        return reply instanceof ApiReply.Whole whole && whole.code() == 200
                ? Optional.of(new Resource((ObjectNode) JsonMapper.shared().readTree(whole.body())))
                : Optional.empty();
    }

    private static String pathOf(Kind kind, String namespace) {
        return namespace.isEmpty()
                ? "/apis/%s/%s".formatted(kind.apiVersion(), kind.plural())
                : "/apis/%s/namespaces/%s/%s"
                        .formatted(kind.apiVersion(), namespace, kind.plural());
    }

    private ApiReply call(String method, String path, byte[] body) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/json");
        headers.put("user-agent", "kube-apiserver");
        return backend.serve(new ApiCall(method, path, "", headers, body, SELF));
    }
}
