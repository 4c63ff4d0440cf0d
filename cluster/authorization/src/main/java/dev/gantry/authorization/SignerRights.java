package dev.gantry.authorization;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the approval and the status of a CertificateSigningRequest need besides the permission to
 * write them: to {@code approve}, or to {@code sign}, for the signer that the request names, or for
 * all of that signer's domain.
 *
 * <p>Compat: the admission plugins CertificateApproval and CertificateSigning.
 */
public final class SignerRights {
    public static final GroupResource REQUESTS =
            new GroupResource("certificates.k8s.io", "certificatesigningrequests");

    private static final GroupResource SIGNERS = new GroupResource(REQUESTS.group(), "signers");

    private final Function<Access, Verdict> judge;

    /**
     * @param judge of what the caller may do
     */
    public SignerRights(Function<Access, Verdict> judge) {
        this.judge = judge;
    }

    /**
     * Empty where the caller may write this.
     *
     * @param subresource of which the write is
     */
    public Optional<Refusal> refusal(String subresource, Resource wanted, Resource stored) {
        return switch (subresource) {
            case "approval" -> refusal("approve", stored);
            case "status" ->
                    isSame("certificate", wanted, stored) && isSame("conditions", wanted, stored)
                            ? Optional.empty()
                            : refusal("sign", stored);
            default -> Optional.empty();
        };
    }

    private Optional<Refusal> refusal(String verb, Resource request) {
        String signer = Resource.text(request.spec(), "signerName");
        String domain = signer.split("/", 2)[0];
        if (may(verb, signer) || may(verb, domain + "/*")) {
            return Optional.empty();
        }
        String why = "user not permitted to %s requests with signerName \"%s\"";
        return Optional.of(
                new Refusal.Forbidden(REQUESTS, request.name(), why.formatted(verb, signer)));
    }

    private boolean may(String verb, String signer) {
        return judge.apply(Access.resource(verb, SIGNERS, "", "", signer)).isAllowed();
    }

    private static boolean isSame(String field, Resource wanted, Resource stored) {
        return wanted.status().path(field).equals(stored.status().path(field));
    }
}
