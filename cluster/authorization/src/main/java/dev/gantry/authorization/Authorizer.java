package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The node authorizer and the roles in force, asked in turn.
 *
 * @param policy the roles and bindings of the moment
 * @param nodes looks pods up where a node asks
 */
public record Authorizer(Supplier<RbacPolicy> policy, NodeAuthorizer nodes) {
    public Verdict judge(Caller caller, Access access) {
        Verdict verdict = judgeAsIs(caller, access);
        return verdict.isAllowed()
                ? verdict
                : NodeProxyAccess.finer(access)
                        .map(finer -> judgeAsIs(caller, finer))
                        .filter(Verdict::isAllowed)
                        .orElse(verdict);
    }

    private Verdict judgeAsIs(Caller caller, Access access) {
        if (caller.isIn(RbacPolicy.MASTERS)) {
            return new Verdict.Allowed("");
        }
        Optional<String> node = NodeAuthorizer.nodeOf(caller);
        if (node.isEmpty()) {
            return policy.get().judge(caller, access);
        }
        Verdict byRelation = nodes.judge(node.get(), access);
        if (byRelation.isAllowed()) {
            return byRelation;
        }
        Verdict byRole = policy.get().judge(caller, access);
        return byRole.isAllowed() ? byRole : joined(byRelation, byRole);
    }

    public List<PolicyRule> rulesFor(Caller caller, String namespace) {
        return policy.get().rulesFor(caller, namespace);
    }

    private static Verdict joined(Verdict one, Verdict other) {
        String both = one.reason().isEmpty() ? other.reason() : one.reason();
        return new Verdict.NoOpinion(both);
    }
}
