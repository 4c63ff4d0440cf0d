package dev.gantry.gateway.shell.tls;

import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.gateway.authentication.CertificateIdentity;
import dev.gantry.model.digest.Sha256;
import dev.gantry.model.exchange.Caller;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/** The identity that a client's certificate proves, by the cluster's authority. */
public final class ClientCertificates {
    /** Extended key usages: {@code clientAuth}, and {@code anyExtendedKeyUsage}. */
    private static final String CLIENTS = "1.3.6.1.5.5.7.3.2";

    private static final String ANYTHING = "2.5.29.37.0";

    private final X509TrustManager trust;

    public ClientCertificates(Path authority) {
        this.trust = new PemFile(authority).trust();
    }

    /**
     * Empty where the chain does not lead to the authority, is out of its time, or is not meant for
     * clients.
     */
    public Optional<Caller> verify(X509Certificate[] chain) {
        X509Certificate own = chain[0];
        try {
            trust.checkClientTrusted(chain, own.getPublicKey().getAlgorithm());
            if (!isForClients(own)) {
                return Optional.empty();
            }
            return CertificateIdentity.of(
                    own.getSubjectX500Principal().getEncoded(), Sha256.hex(own.getEncoded()));
        } catch (CertificateException notTrusted) {
            return Optional.empty();
        }
    }

    /** The JDK only looks at the purposes that a certificate names, if it names any. */
    private static boolean isForClients(X509Certificate certificate)
            throws CertificateParsingException {
        List<String> purposes = certificate.getExtendedKeyUsage();
        return purposes != null && (purposes.contains(CLIENTS) || purposes.contains(ANYTHING));
    }
}
