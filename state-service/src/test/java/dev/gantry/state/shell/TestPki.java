package dev.gantry.state.shell;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A cluster's keys and certificates in a folder, named as everywhere. */
final class TestPki {
    private static final X500Principal CA_NAME = new X500Principal("CN=test-ca");
    private final Path folder;
    private final KeyPair caKeys = keys();
    private final X509Certificate ca;

    TestPki(Path folder) throws Exception {
        this.folder = folder;
        this.ca = certificate(CA_NAME, caKeys);
        write("ca.crt", ca);
        KeyPair state = keys();
        write("state.crt", certificate(new X500Principal("CN=state"), state));
        write("state.key", state.getPrivate());
        KeyPair tokens = keys();
        write("sa.key", tokens.getPrivate());
        write("sa.pub", "PUBLIC KEY", tokens.getPublic().getEncoded());
    }

    /** How a client with that common name connects. */
    SSLContext client(String commonName) throws Exception {
        KeyPair own = keys();
        X509Certificate certificate = certificate(new X500Principal("CN=" + commonName), own);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                KeyMaterial.identity(List.of(certificate, ca), own.getPrivate()),
                new TrustManager[] {KeyMaterial.trusting(List.of(ca))},
                null);
        return context;
    }

    void writeClient(String commonName) throws Exception {
        KeyPair own = keys();
        write("client.crt", certificate(new X500Principal("CN=" + commonName), own));
        write("client.key", own.getPrivate());
    }

    private X509Certificate certificate(X500Principal subject, KeyPair own)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant now = Instant.now();
        boolean isCa = subject.equals(CA_NAME);
        var builder =
                new JcaX509v3CertificateBuilder(
                        CA_NAME,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.minus(1, ChronoUnit.HOURS)),
                        Date.from(now.plus(1, ChronoUnit.DAYS)),
                        subject,
                        own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
        if (!isCa) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        }
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(caKeys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private void write(String file, X509Certificate certificate) throws Exception {
        write(file, "CERTIFICATE", certificate.getEncoded());
    }

    private void write(String file, PrivateKey key) throws IOException {
        write(file, "PRIVATE KEY", key.getEncoded());
    }

    private void write(String file, String type, byte[] content) throws IOException {
        Files.writeString(folder.resolve(file), Pem.write(type, content));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
