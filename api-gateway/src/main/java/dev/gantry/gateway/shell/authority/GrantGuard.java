package dev.gantry.gateway.shell.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.gateway.authorization.Escalation;
import dev.gantry.gateway.authorization.RbacPolicy;
import dev.gantry.gateway.authorization.RoleRef;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.DryRun;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees to it that a write of a role or binding grants nothing its writer lacks.
 *
 * <p>A dry run tells what would be stored, whatever the body's format and kind of patch; that is
 * judged, and only then the write is made.
 */
public final class GrantGuard {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What to do with the write. */
    public sealed interface Guarded {
        record Go(ApiCall call) implements Guarded {}

        record Stop(ApiReply reply) implements Guarded {}
    }

    private final ApiBackend backend;
    private final StateClient state;
    private final PolicyStore policies;

    public GrantGuard(ApiBackend backend, StateClient state, PolicyStore policies) {
        this.backend = backend;
        this.state = state;
        this.policies = policies;
    }

    /** Whether the request can grant anything to anybody. */
    public static boolean concerns(ApiRequest api) {
        boolean isWrite =
                switch (api.verb()) {
                    case "create", "update", "patch" -> true;
                    default -> false;
                };
        return isWrite && api.isResource() && api.group().equals(RoleRef.GROUP);
    }

    public Guarded guard(ApiRequest api, ApiCall call) {
        if (call.caller().isIn(RbacPolicy.MASTERS)) {
            return new Guarded.Go(call);
        }
        Optional<Resource> stored =
                api.name().isEmpty()
                        ? Optional.empty()
                        : state.get(new ObjectKey(api.resource(), api.namespace(), api.name()));
        ApiCall pinned = isJsonPatch(call) ? pinned(call, stored) : call;
        return switch (DryRun.of(pinned, backend)) {
            case DryRun.Refused(var reply) -> new Guarded.Stop(reply);
            case DryRun.Stores(var wanted) ->
                    new Escalation(policies.current())
                            .refusal(call.caller(), api.resource(), wanted, stored)
                            .<Guarded>map(why -> new Guarded.Stop(Replies.refusal(why)))
                            .orElseGet(() -> new Guarded.Go(pinned));
        };
    }

    private static boolean isJsonPatch(ApiCall call) {
        return call.header("content-type").startsWith("application/json-patch+json");
    }

    /**
     * A JSON patch may copy what it finds, so that it is bound to the object that was judged. All
     * other bodies say themselves which rules and subjects they want.
     */
    private static ApiCall pinned(ApiCall call, Optional<Resource> stored) {
        if (stored.isEmpty()) {
            return call;
        }
        try {
            JsonNode patch = JSON.readTree(call.body());
            if (!(patch instanceof ArrayNode steps)) {
                return call;
            }
            ObjectNode test = JSON.createObjectNode();
            test.put("op", "test").put("path", "/metadata/resourceVersion");
            test.put("value", stored.get().revision().toString());
            steps.insert(0, test);
            return new ApiCall(
                    call.method(),
                    call.path(),
                    call.query(),
                    call.headers(),
                    steps.toString().getBytes(UTF_8),
                    call.caller());
        } catch (JacksonException malformed) {
            // The state service says what is wrong with it.
            return call;
        }
    }
}
