package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import java.util.List;

/**
 * One of the authorizers that are asked in turn, until one does not abstain. Kubernetes calls them
 * by their mode: Node, RBAC, Webhook.
 */
@FunctionalInterface
public interface AuthorizationMode {
    Verdict ABSTAINS = new Verdict.NoOpinion("");

    Verdict judge(Caller caller, Access access);

    /** What the caller may do by this one, as far as it can be told. */
    default List<PolicyRule> rulesFor(Caller caller, String namespace) {
        return List.of();
    }

    /** Whether {@link #rulesFor} tells all of it. */
    default boolean knowsItsRules() {
        return true;
    }
}
