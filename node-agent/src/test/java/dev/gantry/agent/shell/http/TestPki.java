package dev.gantry.agent.shell.http;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that lives as long as a test, and kubeconfigs of whom it vouches for. */
final class TestPki {
    private final X500Name authority = new X500Name("CN=test authority");
    private final KeyPair authorityKey;
    private final X509Certificate authorityCertificate;
    private long serial;

    TestPki() throws GeneralSecurityException, OperatorCreationException, IOException {
        this.authorityKey = key();
        this.authorityCertificate = certificate(authority, authorityKey);
    }

    Path kubeconfig(Path folder, String subject)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair key = key();
        X509Certificate certificate = certificate(new X500Name(subject), key);
        String text =
                """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts: [{name: test, context: {cluster: test, user: test}}]
                clusters:
                - name: test
                  cluster: {server: "https://127.0.0.1:1", certificate-authority-data: %s}
                users:
                - name: test
                  user: {client-certificate-data: %s, client-key-data: %s}
                """
                        .formatted(
                                pem("CERTIFICATE", authorityCertificate.getEncoded()),
                                pem("CERTIFICATE", certificate.getEncoded()),
                                pem("PRIVATE KEY", key.getPrivate().getEncoded()));
        return Files.writeString(Files.createTempFile(folder, "kube", ".config"), text);
    }

    private X509Certificate certificate(X500Name subject, KeyPair key)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        serial++;
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        authority,
                        BigInteger.valueOf(serial),
                        Date.from(now.minus(Duration.ofMinutes(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        subject,
                        key.getPublic());
        builder.addExtension(
                Extension.basicConstraints, true, new BasicConstraints(subject.equals(authority)));
        var signer =
                new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String pem(String type, byte[] der) {
        String pem =
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(der));
        return Base64.getEncoder().encodeToString(pem.getBytes());
    }
}
