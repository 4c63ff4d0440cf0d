package dev.gantry.gateway.shell.tls;

import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.gateway.authentication.CertificateIdentity;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes the agent of one node: a certificate of the cluster's authority whose subject is {@code
 * system:node:NAME}, where NAME is what the connection takes for the host it leads to.
 */
final class NodeTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;

    NodeTrust(X509TrustManager chains) {
        this.chains = chains;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        chains.checkServerTrusted(chain, authType);
        Optional<String> node =
                CertificateIdentity.of(chain[0].getSubjectX500Principal().getEncoded(), "")
                        .flatMap(NodeAuthorizer::nodeOf);
        if (!node.equals(Optional.ofNullable(engine.getPeerHost()))) {
            throw new CertificateException(
                    "x509: certificate is valid for %s, not node %s"
                            .formatted(chain[0].getSubjectX500Principal(), engine.getPeerHost()));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        throw unnamed();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }

    private static CertificateException unnamed() {
        return new CertificateException("nobody is believed whose name was not asked for");
    }
}
