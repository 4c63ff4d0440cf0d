package dev.gantry.agent.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.digest.Sha256;
import dev.gantry.model.meta.Resource;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a CertificateSigningRequest is for.
 *
 * <p>Invariant: the name is computed from the key and the request. An agent that restarts with the
 * stored key uses the same name, and so finds the request that it made before.
 *
 * @param life how long the certificate shall hold; empty for as long as the signer likes
 */
public record CertificateRequest(
        NodeCertificate certificate,
        NodeSubject subject,
        PublicKey publicKey,
        Optional<Duration> life) {
    private static final int NAME_BYTES = 20;

    public String name() {
        MessageDigest digest = Sha256.begun();
        digest.update(publicKey.getEncoded());
        digest.update(certificate.signer().getBytes(UTF_8));
        digest.update(subject.commonName().getBytes(UTF_8));
        subject.namesIn(certificate).forEach(each -> digest.update((each + "\n").getBytes(UTF_8)));
        return "node-csr-" + HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    }

    /**
     * @param pem PKCS #10, signed with the key
     */
    public Resource object(String pem) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("apiVersion", "certificates.k8s.io/v1");
        request.put("kind", "CertificateSigningRequest");
        request.putObject("metadata").put("name", name());
        ObjectNode spec = request.putObject("spec");
        spec.put("signerName", certificate.signer());
        spec.put("request", Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII)));
        spec.putArray("usages").add("digital signature").add(certificate.usage());
        life.ifPresent(each -> spec.put("expirationSeconds", (int) each.toSeconds()));
        return new Resource(request);
    }
}
