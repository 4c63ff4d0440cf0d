package dev.gantry.gateway.shell.authority;

import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.NodeAuthorizer;
import dev.gantry.gateway.authorization.NodeProxyAccess;
import dev.gantry.gateway.authorization.PolicyRule;
import dev.gantry.gateway.authorization.RbacPolicy;
import dev.gantry.gateway.authorization.Verdict;
import dev.gantry.model.exchange.Caller;
import java.util.List;
import java.util.Optional;

/** Judges by what relates a node to its pods, and by the roles in force. */
public final class Authority {
    private final PolicyStore policies;
    private final NodeAuthorizer nodes;

    public Authority(PolicyStore policies, NodeAuthorizer nodes) {
        this.policies = policies;
        this.nodes = nodes;
    }

    /** May wait for a look-up where a node asks. */
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
            return policies.current().judge(caller, access);
        }
        Verdict byRelation = nodes.judge(node.get(), access);
        if (byRelation.isAllowed()) {
            return byRelation;
        }
        Verdict byRole = policies.current().judge(caller, access);
        return byRole.isAllowed() ? byRole : joined(byRelation, byRole);
    }

    public List<PolicyRule> rulesFor(Caller caller, String namespace) {
        return policies.current().rulesFor(caller, namespace);
    }

    private static Verdict joined(Verdict one, Verdict other) {
        String both = one.reason().isEmpty() ? other.reason() : one.reason();
        return new Verdict.NoOpinion(both);
    }
}
