package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.ClaimRights;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;

/**
 * Sees to it that who writes the status of a ResourceClaim may write that part of it. A dry run
 * tells what would be stored; those who may write all of it need none.
 */
public final class ClaimGuard {
    private final ApiBackend backend;
    private final StateClient state;
    private final Authorizer authorizer;

    public ClaimGuard(ApiBackend backend, StateClient state, Authorizer authorizer) {
        this.backend = backend;
        this.state = state;
        this.authorizer = authorizer;
    }

    public static boolean concerns(ApiRequest api) {
        return api.isResource()
                && (api.verb().equals("update") || api.verb().equals("patch"))
                && api.resource().equals(ClaimRights.CLAIMS)
                && api.subresource().equals("status");
    }

    public Guarded guard(ApiRequest api, ApiCall call) {
        var rights =
                new ClaimRights(
                        call.caller(),
                        api.verb(),
                        access -> authorizer.judge(call.caller(), access));
        if (rights.areWhole(api.namespace())) {
            return new Guarded.Go(call);
        }
        Optional<Resource> stored =
                state.get(new ObjectKey(api.resource(), api.namespace(), api.name()));
        if (stored.isEmpty()) {
            return new Guarded.Go(call);
        }
        ApiCall pinned = Pinning.to(stored.get(), call).orElse(call);
        return Guarded.tried(pinned, backend, wanted -> rights.refusal(wanted, stored.get()));
    }
}
