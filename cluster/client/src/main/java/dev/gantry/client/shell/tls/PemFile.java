package dev.gantry.client.shell.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/** A PEM file; where it does not hold what is asked for, the message names it. */
public record PemFile(Path path) {
    private interface Reading<T> {
        T of(byte[] pem) throws IOException, GeneralSecurityException;
    }

    /** At least one. */
    public List<X509Certificate> certificates() {
        List<X509Certificate> found = read("certificates", Pem::certificates);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(path + " holds no certificate");
        }
        return found;
    }

    /** As TLS takes it, the own one first. */
    public X509Certificate[] chain() {
        return certificates().toArray(X509Certificate[]::new);
    }

    public PrivateKey privateKey() {
        return read("private key", Pem::privateKey);
    }

    public PublicKey publicKey() {
        return read("public key", Pem::publicKey);
    }

    public ECPublicKey curvePublicKey() {
        if (publicKey() instanceof ECPublicKey key) {
            return key;
        }
        throw new IllegalArgumentException(path + " holds no public key of an elliptic curve");
    }

    /** Trusts what these authorities signed, and nothing else. */
    public X509TrustManager trust() {
        return read("authorities", _ -> KeyMaterial.trusting(certificates()));
    }

    /** The same as a store. */
    public KeyStore trusted() {
        return read("authorities", _ -> KeyMaterial.storeOf(certificates()));
    }

    private <T> T read(String what, Reading<T> reading) {
        try {
            return reading.of(Files.readAllBytes(path));
        } catch (IOException | GeneralSecurityException | RuntimeException fault) {
            throw new IllegalArgumentException(path + ": no " + what + " can be read", fault);
        }
    }
}
