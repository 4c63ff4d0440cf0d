package dev.gantry.gateway.shell.tls;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.PemFile;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** TLS to agents and to the state service: the gateway's certificate, and those it trusts. */
public final class ClusterTls {
    private ClusterTls() {}

    /** For the JDK's client. */
    public static SSLContext forJdk(Pki pki) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    KeyMaterial.identity(
                            new PemFile(pki.clientCertificate()).certificates(),
                            new PemFile(pki.clientKey()).privateKey()),
                    new TrustManager[] {new PemFile(pki.authority()).trust()},
                    null);
            return context;
        } catch (GeneralSecurityException | IOException fault) {
            throw new IllegalArgumentException(
                    pki.clientCertificate() + " and its key are of no use", fault);
        }
    }

    /** For netty's client, to the state service. */
    public static SslContext forNetty(Pki pki) {
        return built(pki, builder(pki).trustManager(new PemFile(pki.authority()).chain()));
    }

    /** To agents: the peer's host of a connection is the name of the node that is meant. */
    public static SslContext forNodes(Pki pki) {
        var trust = new NodeTrust(new PemFile(pki.authority()).trust());
        return built(pki, builder(pki).trustManager(trust).endpointIdentificationAlgorithm(null));
    }

    private static SslContextBuilder builder(Pki pki) {
        return SslContextBuilder.forClient()
                .keyManager(
                        new PemFile(pki.clientKey()).privateKey(),
                        new PemFile(pki.clientCertificate()).chain())
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
