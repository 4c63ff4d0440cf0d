package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.Escalation;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.RoleRef;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;

/**
 * Sees to it that a write of a role or binding grants nothing its writer lacks.
 *
 * <p>A dry run tells what would be stored, whatever the body's format and kind of patch; that is
 * judged, and only then the write is made.
 */
public final class GrantGuard {
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
        Optional<ApiCall> pinned = stored.flatMap(old -> Pinning.to(old, call));
        return Guarded.tried(
                pinned.orElse(call),
                backend,
                wanted ->
                        pinned.isPresent() && Escalation.isForGarbage(stored.get(), wanted)
                                ? Optional.empty()
                                : new Escalation(policies.current())
                                        .refusal(call.caller(), api.resource(), wanted, stored));
    }
}
