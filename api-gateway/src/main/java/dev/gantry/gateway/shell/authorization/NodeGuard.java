package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.state.DryRun;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;

/**
 * A node registers itself and no other.
 *
 * <p>Compat: the part of NodeRestriction that the path does not tell: the name in a new Node.
 */
public final class NodeGuard {
    private final ApiBackend backend;

    public NodeGuard(ApiBackend backend) {
        this.backend = backend;
    }

    public static boolean concerns(ApiRequest api) {
        return api.isResource()
                && api.verb().equals("create")
                && api.group().isEmpty()
                && api.plural().equals("nodes")
                && api.name().isEmpty();
    }

    /** Empty where the write may go on. */
    public Optional<ApiReply> refusal(ApiRequest api, ApiCall call) {
        Optional<String> node = NodeAuthorizer.nodeOf(call.caller());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        return switch (DryRun.of(call, backend)) {
            case DryRun.Refused(var reply) -> Optional.of(reply);
            case DryRun.Stores(var object) -> refusal(api, node.get(), object);
        };
    }

    private static Optional<ApiReply> refusal(ApiRequest api, String node, Resource object) {
        if (object.name().equals(node)) {
            return Optional.empty();
        }
        String why =
                "node \"%s\" is not allowed to modify node \"%s\"".formatted(node, object.name());
        return Optional.of(
                Replies.refusal(new Refusal.Forbidden(api.resource(), object.name(), why)));
    }
}
