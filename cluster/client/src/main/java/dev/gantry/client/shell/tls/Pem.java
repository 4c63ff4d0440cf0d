package dev.gantry.client.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kubernetes.client.util.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Certificates and keys in PEM. */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));

    private Pem() {}

    /**
     * One block.
     *
     * @param type such as {@code CERTIFICATE} or {@code PRIVATE KEY}
     * @param content in DER, as {@code getEncoded} gives it
     */
    public static String write(String type, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(type, LINES.encodeToString(content));
    }

    /** All of them, in order; what else is in the text, such as a key, is passed over. */
    public static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] each : blocks(pem, "CERTIFICATE")) {
            found.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each)));
        }
        return found;
    }

    /** Of an elliptic curve or RSA. */
    public static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
        Optional<byte[]> block = block(pem, "PRIVATE KEY");
        // Older forms than PKCS#8, as kubeadm writes them, are read by another provider, of whose
        // keys JSSE has no use.
        var encoded =
                new PKCS8EncodedKeySpec(
                        block.isPresent() ? block.get() : SSLUtils.loadKey(pem).getEncoded());
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException notOfACurve) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }

    /** Of an elliptic curve or RSA. */
    public static PublicKey publicKey(byte[] pem) throws GeneralSecurityException {
        var encoded =
                new X509EncodedKeySpec(
                        block(pem, "PUBLIC KEY")
                                .orElseThrow(
                                        () -> new GeneralSecurityException("no block of one")));
        try {
            return KeyFactory.getInstance("EC").generatePublic(encoded);
        } catch (GeneralSecurityException notOfACurve) {
            return KeyFactory.getInstance("RSA").generatePublic(encoded);
        }
    }

    private static Optional<byte[]> block(byte[] pem, String type) {
        return blocks(pem, type).stream().findFirst();
    }

    private static List<byte[]> blocks(byte[] pem, String type) {
        return BLOCK.matcher(new String(pem, US_ASCII))
                .results()
                .filter(each -> each.group(1).equals(type))
                .map(each -> Base64.getMimeDecoder().decode(each.group(2)))
                .toList();
    }
}
