package dev.gantry.agent.shell.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.agent.certificate.CertificateRequest;
import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.agent.certificate.SigningAnswer;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.tls.Pem;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;

/**
 * Has certificates signed by the cluster.
 *
 * <p>A step is safe to repeat, also after a restart in the midst of it: the key is kept from before
 * the first request until its certificate is there, and names the request.
 */
public final class CertificateSigning {
    private static final GroupResource REQUESTS = Kinds.CERTIFICATE_SIGNING_REQUEST.resource();

    private final ClusterApi api;
    private final CertificateFolder folder;
    private final NodeSubject subject;
    private final Optional<Duration> life;

    public CertificateSigning(
            ClusterApi api,
            CertificateFolder folder,
            NodeSubject subject,
            Optional<Duration> life) {
        this.api = api;
        this.folder = folder;
        this.subject = subject;
        this.life = life;
    }

    /** Asks, or looks what became of the request. What was issued is installed already. */
    public SigningAnswer step(NodeCertificate certificate) throws IOException {
        KeyPair key = folder.pendingKey(certificate);
        var request = new CertificateRequest(certificate, subject, key.getPublic(), life);
        SigningAnswer answer = SigningAnswer.of(found(request, key));
        switch (answer) {
            case SigningAnswer.Issued(String pem) -> {
                requireOurs(pem, key, certificate);
                folder.install(certificate, key, pem);
            }
            case SigningAnswer.Refused _ -> folder.forgetKey(certificate);
            case SigningAnswer.Waiting _ -> {
                // The key is kept, and with it the name of the request.
            }
        }
        return answer;
    }

    private Resource found(CertificateRequest request, KeyPair key) throws IOException {
        var name = new ObjectKey(REQUESTS, "", request.name());
        Optional<Resource> made = api.get(name);
        if (made.isPresent()) {
            return made.get();
        }
        try {
            return api.create(REQUESTS, request.object(SigningRequestText.of(request, key)));
        } catch (ApiRefused refused) {
            if (refused.isConflict()) {
                return api.get(name).orElseThrow(() -> refused);
            }
            throw refused;
        }
    }

    /** Else the key would be shown with a certificate that does not fit it. */
    private void requireOurs(String pem, KeyPair key, NodeCertificate certificate)
            throws IOException {
        if (!isOf(pem, key)) {
            folder.forgetKey(certificate);
            throw new IOException("the cluster issued no certificate of this node's key");
        }
    }

    private static boolean isOf(String pem, KeyPair key) {
        try {
            return Pem.certificates(pem.getBytes(US_ASCII)).stream()
                    .findFirst()
                    .filter(each -> each.getPublicKey().equals(key.getPublic()))
                    .isPresent();
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
