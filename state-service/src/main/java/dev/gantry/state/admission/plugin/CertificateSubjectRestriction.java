package dev.gantry.state.admission.plugin;

import dev.gantry.authorization.RbacPolicy;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.kind.certificates.certificatesigningrequest.RequestedSubject;
import java.util.Optional;

/**
 * Nobody asks for a client certificate of those who may do everything. Compat: {@code
 * certificates/subjectrestriction}.
 */
final class CertificateSubjectRestriction implements ValidatingPlugin {
    private static final String CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        Resource asked = request.resource();
        boolean isForClients =
                request.creates(Kinds.CERTIFICATE_SIGNING_REQUEST)
                        && Resource.text(asked.spec(), "signerName").equals(CLIENT_SIGNER);
        return isForClients && RequestedSubject.organizations(asked).contains(RbacPolicy.MASTERS)
                ? Optional.of(
                        new Refusal.Forbidden(
                                request.kind().resource(),
                                asked.name(),
                                "use of %s signer with %s group is not allowed"
                                        .formatted(CLIENT_SIGNER, RbacPolicy.MASTERS)))
                : Optional.empty();
    }
}
