package dev.gantry.state.authorization;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Authorizer;
import dev.gantry.authorization.ClaimRights;
import dev.gantry.authorization.Escalation;
import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.authorization.RoleRef;
import dev.gantry.authorization.SignerRights;
import dev.gantry.authorization.Verdict;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.view.View;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Judges writes of roles and bindings, of admission policies with parameters, statuses of claims,
 * and what becomes of certificate requests, by the roles that are stored and, where there are
 * others, by the gateway's authorizers.
 *
 * <p>Cost: other writes pay for four comparisons.
 */
public final class WriteAuthorization {
    private final StoredPolicy policy;
    private final Authorizer authorizer;
    private final ParamRights params;

    public WriteAuthorization(View view, Supplier<ResourceCatalog> catalog) {
        this.policy = new StoredPolicy(view);
        this.params = new ParamRights(view, catalog);
        this.authorizer = new Authorizer(policy::current, new NodeAuthorizer(new StoredPods(view)));
    }

    /** What a caller may do by the node authorizer and the roles. */
    public Verdict judge(Caller caller, Access access) {
        return authorizer.judge(caller, access);
    }

    /**
     * Whether the caller may store this.
     *
     * @param verdicts of whoever else is to be asked: only about what would be refused without
     */
    public WriteVerdict judge(Write write, Verdicts verdicts) {
        Questions questions =
                new Questions(verdicts, access -> authorizer.judge(write.caller(), access));
        Optional<Refusal> refusal = refusal(write, questions);
        if (refusal.isEmpty()) {
            return new WriteVerdict.Allowed();
        }
        return questions.open().isEmpty()
                ? new WriteVerdict.Refused(refusal.get())
                : new WriteVerdict.Asking(questions.open());
    }

    /** Invariant: what is allowed more never makes a refusal. */
    private Optional<Refusal> refusal(Write write, Function<Access, Verdict> judge) {
        if (write.resource().group().equals(RoleRef.GROUP)) {
            return ofGrant(write, judge);
        }
        if (write.resource().group().equals(ParamRights.GROUP)) {
            return params.refusal(write, judge);
        }
        if (write.resource().equals(SignerRights.REQUESTS)) {
            return ofCertificate(write, judge);
        }
        boolean isClaimStatus =
                write.resource().equals(ClaimRights.CLAIMS) && write.subresource().equals("status");
        return isClaimStatus ? ofClaimStatus(write, judge) : Optional.empty();
    }

    private Optional<Refusal> ofGrant(Write write, Function<Access, Verdict> judge) {
        if (write.caller().isIn(RbacPolicy.MASTERS) || isForGarbage(write)) {
            return Optional.empty();
        }
        return new Escalation(policy.current(), judge)
                .refusal(write.caller(), write.resource(), write.wanted(), write.stored());
    }

    private static boolean isForGarbage(Write write) {
        return write.stored().isPresent()
                && Escalation.isForGarbage(write.stored().get(), write.wanted());
    }

    private Optional<Refusal> ofCertificate(Write write, Function<Access, Verdict> judge) {
        var rights = new SignerRights(judge);
        return write.stored()
                .flatMap(stored -> rights.refusal(write.subresource(), write.wanted(), stored));
    }

    private Optional<Refusal> ofClaimStatus(Write write, Function<Access, Verdict> judge) {
        var rights = new ClaimRights(write.caller(), write.verb(), judge);
        return write.stored().flatMap(stored -> rights.refusal(write.wanted(), stored));
    }
}
