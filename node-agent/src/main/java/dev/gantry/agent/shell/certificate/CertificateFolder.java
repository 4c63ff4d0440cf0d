package dev.gantry.agent.shell.certificate;

import dev.gantry.agent.certificate.NodeCertificate;
import dev.gantry.client.shell.file.PrivateFile;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;

/**
 * Where the node's keys and certificates are: of each the pair that holds, and the key for which a
 * certificate is being asked.
 */
public record CertificateFolder(Path path) {
    /** The certificate and its key, in one PEM file; it is there once the first one was issued. */
    public Path pair(NodeCertificate certificate) {
        return path.resolve(certificate.fileName() + "-current.pem");
    }

    /** The cluster's authority. */
    public Path authority() {
        return path.resolve("ca.crt");
    }

    /** Empty before the first one was issued. */
    public Optional<X509Certificate> current(NodeCertificate certificate) throws IOException {
        Path file = pair(certificate);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Pem.certificates(Files.readAllBytes(file)).stream().findFirst();
        } catch (GeneralSecurityException malformed) {
            throw new IOException(file + " holds no certificate", malformed);
        }
    }

    /** The key for which a certificate is being asked; at first a new one. */
    KeyPair pendingKey(NodeCertificate certificate) throws IOException {
        Path file = pending(certificate);
        try {
            if (Files.exists(file)) {
                byte[] kept = Files.readAllBytes(file);
                return new KeyPair(Pem.publicKey(kept), Pem.privateKey(kept));
            }
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair made = generator.generateKeyPair();
            PrivateFile.write(
                    file,
                    Pem.write("PRIVATE KEY", made.getPrivate().getEncoded())
                            + Pem.write("PUBLIC KEY", made.getPublic().getEncoded()));
            return made;
        } catch (GeneralSecurityException malformed) {
            throw new IOException(file + " holds no key: delete it for a new one", malformed);
        }
    }

    /** So that the next request is for another key. */
    void forgetKey(NodeCertificate certificate) throws IOException {
        Files.deleteIfExists(pending(certificate));
    }

    /** From now on this is the pair that is shown. */
    void install(NodeCertificate certificate, KeyPair key, String chain) throws IOException {
        PrivateFile.write(
                pair(certificate),
                chain.strip() + "\n" + Pem.write("PRIVATE KEY", key.getPrivate().getEncoded()));
        forgetKey(certificate);
    }

    /** Compat: as the kubelet calls it. */
    private Path pending(NodeCertificate certificate) {
        return path.resolve(certificate.fileName() + ".key.tmp");
    }
}
