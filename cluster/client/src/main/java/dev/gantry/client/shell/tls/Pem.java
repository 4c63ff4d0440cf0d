package dev.gantry.client.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kubernetes.client.util.SSLUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and private keys in PEM. */
public final class Pem {
    private Pem() {}

    /** All of them, in order. */
    public static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        for (Certificate each :
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(pem))) {
            found.add((X509Certificate) each);
        }
        return found;
    }

    /** Of an elliptic curve or RSA. */
    public static PrivateKey privateKey(byte[] pem) throws IOException, GeneralSecurityException {
        String text = new String(pem, US_ASCII);
        if (!text.contains("-----BEGIN PRIVATE KEY-----")) {
            // Older forms than PKCS#8, as kubeadm writes them.
            return SSLUtils.loadKey(pem);
        }
        String base64 =
                text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(encoded);
        } catch (GeneralSecurityException notOfACurve) {
            return KeyFactory.getInstance("RSA").generatePrivate(encoded);
        }
    }
}
