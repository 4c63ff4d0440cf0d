package dev.gantry.gateway.shell.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.meta.Resource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds a write to the object that it was judged by: what comes of a patch depends on what it is
 * applied to. A body that names a revision itself keeps that.
 *
 * <p>Deliberately absent: bodies in protobuf or YAML. The former name a revision, since only typed
 * clients send them; the latter apply what is theirs.
 */
final class Pinning {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Pinning() {}

    static boolean isJsonPatch(ApiCall call) {
        return call.header("content-type").startsWith("application/json-patch+json");
    }

    static ApiCall to(Resource stored, ApiCall call) {
        String type = call.header("content-type");
        boolean isJson = type.isEmpty() || type.contains("json") && !type.contains("apply");
        if (!isJson) {
            return call;
        }
        try {
            JsonNode body = JSON.readTree(call.body());
            return pin(body, stored.revision().toString()) ? with(body, call) : call;
        } catch (JacksonException malformed) {
            // The state service says what is wrong with it.
            return call;
        }
    }

    /** Returns whether the body was changed. */
    private static boolean pin(JsonNode body, String revision) {
        if (body instanceof ArrayNode steps) {
            ObjectNode test = JSON.createObjectNode();
            test.put("op", "test").put("path", "/metadata/resourceVersion");
            test.put("value", revision);
            steps.insert(0, test);
            return true;
        }
        if (!(body instanceof ObjectNode object) || hasRevision(object)) {
            return false;
        }
        Resource.child(object, "metadata").put("resourceVersion", revision);
        return true;
    }

    private static boolean hasRevision(ObjectNode object) {
        return !Resource.text(object.path("metadata"), "resourceVersion").isEmpty();
    }

    private static ApiCall with(JsonNode body, ApiCall call) {
        return new ApiCall(
                call.method(),
                call.path(),
                call.query(),
                call.headers(),
                body.toString().getBytes(UTF_8),
                call.caller());
    }
}
