package dev.gantry.client.shell.management;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.Resource;
import okhttp3.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the API whose a token is, and whether they may read a path.
 *
 * <p>Compat: how kube-scheduler and kube-controller-manager guard their ports. A client certificate
 * is not asked for.
 */
final class DelegatedAccess {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String BEARER = "Bearer ";

    private final ClusterApi api;

    enum Verdict {
        ALLOWED,
        UNKNOWN,
        FORBIDDEN
    }

    DelegatedAccess(ClusterApi api) {
        this.api = api;
    }

    /**
     * Throws ApiRefused or ApiUnreachable where the API does not say.
     *
     * @param authorization the header; may be empty
     */
    Verdict judge(String authorization, String path) {
        if (!authorization.startsWith(BEARER)) {
            return Verdict.UNKNOWN;
        }
        JsonNode owner = review(authorization.substring(BEARER.length()).strip());
        if (!owner.path("authenticated").asBoolean(false)) {
            return Verdict.UNKNOWN;
        }
        return mayGet(owner.path("user"), path) ? Verdict.ALLOWED : Verdict.FORBIDDEN;
    }

    private JsonNode review(String token) {
        ObjectNode asked = object("authentication.k8s.io/v1", "TokenReview");
        asked.putObject("spec").put("token", token);
        return ask("/apis/authentication.k8s.io/v1/tokenreviews", asked);
    }

    private boolean mayGet(JsonNode user, String path) {
        ObjectNode asked = object("authorization.k8s.io/v1", "SubjectAccessReview");
        ObjectNode spec = asked.putObject("spec");
        spec.put("user", Resource.text(user, "username")).put("uid", Resource.text(user, "uid"));
        user.path("groups").forEach(spec.putArray("groups")::add);
        if (user.path("extra") instanceof ObjectNode extra) {
            spec.set("extra", extra);
        }
        spec.putObject("nonResourceAttributes").put("path", path).put("verb", "get");
        JsonNode answer = ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", asked);
        return answer.path("allowed").asBoolean(false);
    }

    private JsonNode ask(String path, ObjectNode review) {
        return api.send("POST", path, review, JSON).status();
    }

    private static ObjectNode object(String apiVersion, String kind) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
    }
}
