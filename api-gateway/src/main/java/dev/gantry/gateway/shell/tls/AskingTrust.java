package dev.gantry.gateway.shell.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/**
 * Asks clients for a certificate of the cluster's authority, and believes nothing: {@link
 * ClientCertificates} does the believing. Of use to a server only.
 */
final class AskingTrust implements X509TrustManager {
    private final List<X509Certificate> authorities;

    AskingTrust(List<X509Certificate> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Accepted for the handshake only.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw new CertificateException("this trusts no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
