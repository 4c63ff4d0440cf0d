package dev.gantry.state.shell.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of the curve P-256 in PEM files; whatever is wrong with one, the message names it. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private Pem() {}

    /** PKCS#8. */
    public static PrivateKey privateKey(Path file) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(block(file, "PRIVATE KEY")));
        } catch (GeneralSecurityException fault) {
            throw new IllegalArgumentException(file + ": no EC private key in PKCS#8", fault);
        }
    }

    public static ECPublicKey publicKey(Path file) {
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC")
                            .generatePublic(new X509EncodedKeySpec(block(file, "PUBLIC KEY")));
        } catch (GeneralSecurityException fault) {
            throw new IllegalArgumentException(file + ": no EC public key", fault);
        }
    }

    /** A store that trusts the certificates in the file and no others. */
    static KeyStore trusted(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            if (store.size() == 0) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            return store;
        } catch (IOException | GeneralSecurityException fault) {
            throw new IllegalArgumentException(file + ": no certificates can be read", fault);
        }
    }

    private static byte[] block(Path file, String type) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException fault) {
            throw new IllegalArgumentException(file + " cannot be read", fault);
        }
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(type)) {
                return Base64.getMimeDecoder().decode(matcher.group(2));
            }
        }
        throw new IllegalArgumentException(file + " holds no " + type);
    }
}
