package dev.gantry.gateway.shell.tls;

import dev.gantry.gateway.authentication.CertificateIdentity;
import dev.gantry.model.exchange.Caller;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom a client's certificate proves, by the cluster's authority. */
public final class ClientCertificates {
    private final X509TrustManager trust;

    public ClientCertificates(Path authority) {
        this.trust = trustIn(Pem.certificates(authority));
    }

    /**
     * Empty where the chain does not lead to the authority, is out of its time, or is not meant for
     * clients.
     */
    public Optional<Caller> verify(X509Certificate[] chain) {
        X509Certificate own = chain[0];
        try {
            trust.checkClientTrusted(chain, own.getPublicKey().getAlgorithm());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(own.getEncoded());
            return CertificateIdentity.of(
                    own.getSubjectX500Principal().getEncoded(), HexFormat.of().formatHex(digest));
        } catch (CertificateException notTrusted) {
            return Optional.empty();
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException("this JDK lacks SHA-256", fault);
        }
    }

    static X509TrustManager trustIn(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate each : authorities) {
                store.setCertificateEntry("authority-" + store.size(), each);
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("this JDK makes no X.509 trust manager");
        } catch (GeneralSecurityException | IOException fault) {
            throw new IllegalStateException("the cluster's authority cannot be trusted", fault);
        }
    }
}
