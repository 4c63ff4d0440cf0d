package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The authorizers of the moment, asked in turn; before them, whoever may do everything. */
public final class Authorizer {
    private static final Verdict MASTER = new Verdict.Allowed("");

    private final Supplier<List<AuthorizationMode>> chain;

    /**
     * The node authorizer, then the roles in force.
     *
     * @param policy the roles and bindings of the moment
     * @param nodes looks pods up where a node asks
     */
    public Authorizer(Supplier<RbacPolicy> policy, NodeAuthorizer nodes) {
        List<AuthorizationMode> both = List.of(byNode(nodes), byRoles(policy));
        this.chain = () -> both;
    }

    /** Others, or in another order. */
    public Authorizer(Supplier<List<AuthorizationMode>> chain) {
        this.chain = chain;
    }

    public static AuthorizationMode byNode(NodeAuthorizer nodes) {
        return (caller, access) -> {
            Optional<String> node = NodeAuthorizer.nodeOf(caller);
            return node.isEmpty() ? AuthorizationMode.ABSTAINS : nodes.judge(node.get(), access);
        };
    }

    public static AuthorizationMode byRoles(Supplier<RbacPolicy> policy) {
        return new AuthorizationMode() {
            @Override
            public Verdict judge(Caller caller, Access access) {
                return policy.get().judge(caller, access);
            }

            @Override
            public List<PolicyRule> rulesFor(Caller caller, String namespace) {
                return policy.get().rulesFor(caller, namespace);
            }
        };
    }

    public Verdict judge(Caller caller, Access access) {
        Verdict verdict = judgeAsIs(caller, access);
        return verdict.isAllowed()
                ? verdict
                : NodeProxyAccess.finer(access)
                        .map(finer -> judgeAsIs(caller, finer))
                        .filter(Verdict::isAllowed)
                        .orElse(verdict);
    }

    /** Compat: {@code union.New}: why all of them abstain is told together. */
    private Verdict judgeAsIs(Caller caller, Access access) {
        if (caller.isIn(RbacPolicy.MASTERS)) {
            return MASTER;
        }
        String reasons = "";
        for (AuthorizationMode each : chain.get()) {
            Verdict verdict = each.judge(caller, access);
            if (!(verdict instanceof Verdict.NoOpinion(var reason))) {
                return verdict;
            }
            boolean isFirst = reasons.isEmpty() || reason.isEmpty();
            reasons = isFirst ? reasons + reason : reasons + "\n" + reason;
        }
        return new Verdict.NoOpinion(reasons);
    }

    public List<PolicyRule> rulesFor(Caller caller, String namespace) {
        List<PolicyRule> rules = new ArrayList<>();
        chain.get().forEach(each -> rules.addAll(each.rulesFor(caller, namespace)));
        return rules;
    }

    /** Whether {@link #rulesFor} tells all that a caller may do. */
    public boolean knowsAllRules() {
        return chain.get().stream().allMatch(AuthorizationMode::knowsItsRules);
    }
}
