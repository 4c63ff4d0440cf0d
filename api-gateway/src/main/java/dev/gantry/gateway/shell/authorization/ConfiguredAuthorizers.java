package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AuthorizationMode;
import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.authorization.PolicyRule;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.Verdict;
import dev.gantry.gateway.authorization.AuthorizationConfiguration;
import dev.gantry.gateway.authorization.AuthorizationConfiguration.ConfiguredAuthorizer;
import dev.gantry.model.exchange.Caller;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** Makes the authorizers that a configuration names. */
public record ConfiguredAuthorizers(
        Supplier<RbacPolicy> policy, NodeAuthorizer nodes, Clock clock) {
    private static final List<String> EVERYTHING = List.of("*");

    /**
     * In the order in which they are asked. Throws IllegalArgumentException where one cannot be.
     */
    public List<AuthorizationMode> chain(AuthorizationConfiguration configuration) {
        return configuration.authorizers().stream().map(this::mode).toList();
    }

    private AuthorizationMode mode(ConfiguredAuthorizer configured) {
        return switch (configured.type()) {
            case "Node" -> Authorizer.byNode(nodes);
            case "RBAC" -> Authorizer.byRoles(policy);
            case "AlwaysAllow" -> new AlwaysAllow();
            case "AlwaysDeny" -> (_, _) -> new Verdict.NoOpinion("Everything is forbidden.");
            default ->
                    new WebhookAuthorizer(
                            configured.name(), configured.webhook().orElseThrow(), clock);
        };
    }

    private record AlwaysAllow() implements AuthorizationMode {
        @Override
        public Verdict judge(Caller caller, Access access) {
            return new Verdict.Allowed("");
        }

        @Override
        public List<PolicyRule> rulesFor(Caller caller, String namespace) {
            return List.of(
                    PolicyRule.resources(EVERYTHING, "*", EVERYTHING),
                    PolicyRule.paths(EVERYTHING, EVERYTHING));
        }
    }
}
