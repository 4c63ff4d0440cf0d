package dev.gantry.agent.testing;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** An authority that lives as long as a test, and signs whatever it is asked to. */
public final class TestAuthority {
    private static final Duration PAST = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofHours(10);

    private final X500Name name = new X500Name("CN=test authority");
    private final AtomicLong serial = new AtomicLong();
    private final KeyPair key = newKey();
    private final X509Certificate certificate;

    public TestAuthority() {
        certificate = sign(name, key.getPublic(), true);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public String pem() {
        return pem(certificate);
    }

    /** The certificate for a PKCS #10 request. */
    public String sign(String request) {
        try (var parser = new PEMParser(new StringReader(request))) {
            var parsed =
                    new JcaPKCS10CertificationRequest(
                            (PKCS10CertificationRequest) parser.readObject());
            return pem(sign(parsed.getSubject(), parsed.getPublicKey(), false));
        } catch (IOException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException("no request: " + request, malformed);
        }
    }

    /** Of a server at 127.0.0.1 that asks its clients for certificates. */
    public SSLContext server() {
        try {
            KeyPair own = newKey();
            X509Certificate shown = sign(new X500Name("CN=server"), own.getPublic(), false);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    KeyMaterial.identity(List.of(shown), own.getPrivate()),
                    new X509TrustManager[] {KeyMaterial.trusting(List.of(certificate))},
                    null);
            return context;
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** A file in the folder by which its reader is the subject, to servers that trust us. */
    public Path kubeconfig(Path folder, String subject) throws IOException {
        KeyPair own = newKey();
        X509Certificate shown = sign(new X500Name(subject), own.getPublic(), false);
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
                                encoded(),
                                base64(pem(shown)),
                                base64(Pem.write("PRIVATE KEY", own.getPrivate().getEncoded())));
        return Files.writeString(Files.createTempFile(folder, "kube", ".config"), text);
    }

    private X509Certificate sign(X500Name subject, PublicKey subjectKey, boolean isAuthority) {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(serial.incrementAndGet()),
                        Date.from(now.minus(PAST)),
                        Date.from(now.plus(LIFE)),
                        subject,
                        subjectKey);
        try {
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | GeneralSecurityException | OperatorCreationException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static String pem(X509Certificate certificate) {
        try {
            return Pem.write("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /** In base64, as a kubeconfig has it. */
    public String encoded() {
        return base64(pem());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
