package dev.gantry.gateway.shell.authority;

import dev.gantry.gateway.authorization.Access;
import dev.gantry.gateway.authorization.RbacPolicy;
import dev.gantry.gateway.authorization.Verdict;
import dev.gantry.model.exchange.Caller;

/** Judges by the roles in force. */
public final class Authority {
    private final PolicyStore policies;

    public Authority(PolicyStore policies) {
        this.policies = policies;
    }

    public Verdict judge(Caller caller, Access access) {
        if (caller.isIn(RbacPolicy.MASTERS)) {
            return new Verdict.Allowed("");
        }
        return policies.current().judge(caller, access);
    }
}
