package dev.gantry.state.admission.policy;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ServedVersion;
import java.util.Optional;

/**
 * A policy that a binding puts in force for a request.
 *
 * @param <P> the kind of policy
 */
sealed interface PolicyInvocation<P extends Policy> {
    P policy();

    PolicyBinding binding();

    /**
     * @param version in which the policy sees the request's object
     * @param params empty where the policy is asked without any
     */
    record Ready<P extends Policy>(
            P policy, PolicyBinding binding, ServedVersion version, Optional<Resource> params)
            implements PolicyInvocation<P> {
        /** The same for the same question, and for no other. */
        String identity() {
            return policy.common().name()
                    + "/"
                    + binding.name()
                    + params.map(each -> "/" + each.namespace() + "/" + each.name()).orElse("");
        }
    }

    /** It cannot be asked. */
    record Misconfigured<P extends Policy>(P policy, PolicyBinding binding, String why)
            implements PolicyInvocation<P> {}
}
