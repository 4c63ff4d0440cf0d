package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Authorizer;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;

/**
 * A right in a namespace is one in the namespace of today. What a former one of the same name held
 * is shown only to those who may read it in every namespace.
 */
public final class PastGuard {
    private final StateClient state;
    private final Authorizer authorizer;

    public PastGuard(StateClient state, Authorizer authorizer) {
        this.state = state;
        this.authorizer = authorizer;
    }

    public static boolean concerns(ApiRequest api) {
        return api.isResource() && !api.view().isEmpty() && !api.namespace().isEmpty();
    }

    /** Empty where the past may be shown. */
    public Optional<Refusal> refusal(ApiRequest api, Access access, Caller caller) {
        if (authorizer.judge(caller, access.everywhere()).isAllowed()) {
            return Optional.empty();
        }
        Optional<Uid> today = state.namespace("", api.namespace());
        boolean isSame =
                today.isPresent() && today.equals(state.namespace(api.view(), api.namespace()));
        return isSame
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Forbidden(
                                api.resource(),
                                api.name(),
                                "namespace \"%s\" was not the one of today then, which is all that"
                                                .formatted(api.namespace())
                                        + " rights in it are for"));
    }
}
