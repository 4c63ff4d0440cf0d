package dev.gantry.gateway.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** PEM files; whatever is wrong with one, the message names it. */
public final class Pem {
    private Pem() {}

    public static List<X509Certificate> certificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = new ArrayList<>();
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) each);
            }
            if (found.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            return found;
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException(file + ": no certificates can be read", fault);
        }
    }

    public static PrivateKey privateKey(Path file) {
        Object found = firstObject(file);
        try {
            return switch (found) {
                case PrivateKeyInfo key -> new JcaPEMKeyConverter().getPrivateKey(key);
                case PEMKeyPair pair ->
                        new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
                default -> throw new IllegalArgumentException(file + " holds no private key");
            };
        } catch (IOException fault) {
            throw new IllegalArgumentException(file + ": no private key can be read", fault);
        }
    }

    public static PublicKey publicKey(Path file) {
        if (!(firstObject(file) instanceof SubjectPublicKeyInfo key)) {
            throw new IllegalArgumentException(file + " holds no public key");
        }
        try {
            return new JcaPEMKeyConverter().getPublicKey(key);
        } catch (IOException fault) {
            throw new IllegalArgumentException(file + ": no public key can be read", fault);
        }
    }

    private static Object firstObject(Path file) {
        try (var parser = new PEMParser(new StringReader(Files.readString(file, US_ASCII)))) {
            Object found = parser.readObject();
            if (found == null) {
                throw new IllegalArgumentException(file + " holds no PEM block");
            }
            return found;
        } catch (IOException fault) {
            throw new IllegalArgumentException(file + " cannot be read", fault);
        }
    }
}
