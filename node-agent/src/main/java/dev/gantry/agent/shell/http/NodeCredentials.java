package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kubernetes.client.util.KubeConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The node's certificate and key, and the cluster's authority, as its kubeconfig has them: the node
 * serves with the identity by which it calls.
 */
public final class NodeCredentials {
    private static final char[] NO_PASSWORD = {};

    private NodeCredentials() {}

    /** A context that trusts clients of the cluster's authority only. */
    public static SSLContext tls(Path kubeconfig) throws IOException {
        try (Reader reader = Files.newBufferedReader(kubeconfig)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            byte[] certificate =
                    pem(
                            kubeconfig,
                            config.getClientCertificateData(),
                            config.getClientCertificateFile());
            byte[] key = pem(kubeconfig, config.getClientKeyData(), config.getClientKeyFile());
            byte[] authority =
                    pem(
                            kubeconfig,
                            config.getCertificateAuthorityData(),
                            config.getCertificateAuthorityFile());
            return context(certificates(certificate), key(key), certificates(authority));
        } catch (GeneralSecurityException unusable) {
            throw new IOException(kubeconfig + " holds no usable client certificate", unusable);
        }
    }

    private static SSLContext context(
            Certificate[] chain, PrivateKey key, Certificate[] authorities)
            throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, NO_PASSWORD);
        own.setKeyEntry("node", key, NO_PASSWORD, chain);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, NO_PASSWORD);
        for (int i = 0; i < authorities.length; i++) {
            trusted.setCertificateEntry("authority-" + i, authorities[i]);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static byte[] pem(Path kubeconfig, @Nullable String data, @Nullable String file)
            throws IOException {
        if (data != null) {
            return Base64.getDecoder().decode(data);
        }
        if (file == null) {
            throw new IOException(kubeconfig + " names no certificate, key or authority");
        }
        return Files.readAllBytes(kubeconfig.resolveSibling(file));
    }

    private static Certificate[] certificates(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem))
                .toArray(new Certificate[0]);
    }

    /** PKCS#8, of an elliptic curve or RSA. */
    private static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        String body =
                new String(pem, US_ASCII)
                        .replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                        .replaceAll("\\s", "");
        var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
        try {
            return KeyFactory.getInstance("EC").generatePrivate(spec);
        } catch (java.security.spec.InvalidKeySpecException otherKind) {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        }
    }
}
