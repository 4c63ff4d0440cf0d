package dev.gantry.gateway.shell.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** TLS to agents and to the state service: the gateway's certificate, and those it trusts. */
public final class ClusterTls {
    private ClusterTls() {}

    /** For the JDK's client. */
    public static SSLContext forJdk(Pki pki) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "gateway",
                    Pem.privateKey(pki.clientKey()),
                    new char[0],
                    Pem.certificates(pki.clientCertificate()).toArray(X509Certificate[]::new));
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys.getKeyManagers(),
                    new TrustManager[] {
                        ClientCertificates.trustIn(Pem.certificates(pki.authority()))
                    },
                    null);
            return context;
        } catch (GeneralSecurityException | IOException fault) {
            throw new IllegalArgumentException(
                    pki.clientCertificate() + " and its key are of no use", fault);
        }
    }

    /** For netty's client, to the state service. */
    public static SslContext forNetty(Pki pki) {
        return built(
                pki,
                builder(pki)
                        .trustManager(
                                Pem.certificates(pki.authority()).toArray(X509Certificate[]::new)));
    }

    /** To agents: the peer's host of a connection is the name of the node that is meant. */
    public static SslContext forNodes(Pki pki) {
        var trust = new NodeTrust(ClientCertificates.trustIn(Pem.certificates(pki.authority())));
        return built(pki, builder(pki).trustManager(trust).endpointIdentificationAlgorithm(null));
    }

    private static SslContextBuilder builder(Pki pki) {
        return SslContextBuilder.forClient()
                .keyManager(
                        Pem.privateKey(pki.clientKey()),
                        Pem.certificates(pki.clientCertificate()).toArray(X509Certificate[]::new))
                .protocols("TLSv1.3", "TLSv1.2");
    }

    private static SslContext built(Pki pki, SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException fault) {
            throw new IllegalArgumentException(
                    pki.clientCertificate() + " and its key are of no use", fault);
        }
    }
}
