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
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.view.View;
import java.util.Optional;

/**
 * Judges writes of roles and bindings, statuses of claims, and what becomes of certificate
 * requests, by the roles that are stored.
 *
 * <p>Cost: other writes pay for three comparisons.
 */
public final class WriteAuthorization {
    private final StoredPolicy policy;
    private final Authorizer authorizer;

    public WriteAuthorization(View view) {
        this.policy = new StoredPolicy(view);
        this.authorizer = new Authorizer(policy::current, new NodeAuthorizer(new StoredPods(view)));
    }

    /** What a caller may do by the node authorizer and the roles. */
    public Verdict judge(Caller caller, Access access) {
        return authorizer.judge(caller, access);
    }

    /** Empty where the caller may store this. */
    public Optional<Refusal> refusal(Write write) {
        if (write.resource().group().equals(RoleRef.GROUP)) {
            return ofGrant(write);
        }
        if (write.resource().equals(SignerRights.REQUESTS)) {
            return ofCertificate(write);
        }
        boolean isClaimStatus =
                write.resource().equals(ClaimRights.CLAIMS) && write.subresource().equals("status");
        return isClaimStatus ? ofClaimStatus(write) : Optional.empty();
    }

    private Optional<Refusal> ofGrant(Write write) {
        if (write.caller().isIn(RbacPolicy.MASTERS) || isForGarbage(write)) {
            return Optional.empty();
        }
        return new Escalation(policy.current())
                .refusal(write.caller(), write.resource(), write.wanted(), write.stored());
    }

    private static boolean isForGarbage(Write write) {
        return write.stored().isPresent()
                && Escalation.isForGarbage(write.stored().get(), write.wanted());
    }

    private Optional<Refusal> ofCertificate(Write write) {
        var rights = new SignerRights(access -> authorizer.judge(write.caller(), access));
        return write.stored()
                .flatMap(stored -> rights.refusal(write.subresource(), write.wanted(), stored));
    }

    private Optional<Refusal> ofClaimStatus(Write write) {
        var rights =
                new ClaimRights(
                        write.caller(),
                        write.verb(),
                        access -> authorizer.judge(write.caller(), access));
        return write.stored().flatMap(stored -> rights.refusal(write.wanted(), stored));
    }
}
