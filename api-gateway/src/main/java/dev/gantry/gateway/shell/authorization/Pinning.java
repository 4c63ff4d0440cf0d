package dev.gantry.gateway.shell.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds a write to the object that it was judged by: what comes of a patch depends on what it is
 * applied to. A body that names a revision itself keeps that.
 *
 * <p>Deliberately absent: bodies in protobuf or YAML, which are judged by all that they would
 * store.
 */
final class Pinning {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Pinning() {}

    /** Empty where nothing says that the write is about what is stored now. */
    static Optional<ApiCall> to(Resource stored, ApiCall call) {
        String type = call.header("content-type");
        boolean isJson = type.isEmpty() || type.contains("json") && !type.contains("apply");
        if (!isJson) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(call.body());
            return pin(body, stored.revision().toString())
                    ? Optional.of(with(body, call))
                    : Optional.empty();
        } catch (JacksonException malformed) {
            // The state service says what is wrong with it.
            return Optional.empty();
        }
    }

    /** Returns whether the body names the revision now. */
    private static boolean pin(JsonNode body, String revision) {
        if (body instanceof ArrayNode steps) {
            ObjectNode test = JSON.createObjectNode();
            test.put("op", "test").put("path", "/metadata/resourceVersion");
            test.put("value", revision);
            steps.insert(0, test);
            return true;
        }
        if (!(body instanceof ObjectNode object)) {
            return false;
        }
        ObjectNode metadata = Resource.child(object, "metadata");
        String named = Resource.text(metadata, "resourceVersion");
        if (named.isEmpty()) {
            metadata.put("resourceVersion", revision);
        }
        return named.isEmpty() || named.equals(revision);
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
