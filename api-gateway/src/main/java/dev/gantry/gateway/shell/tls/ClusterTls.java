package dev.gantry.gateway.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.client.shell.tls.KeyMaterial;
import dev.gantry.client.shell.tls.PemFile;
import dev.gantry.gateway.aggregation.ServerTrust;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.function.Function;
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

    /**
     * To extension servers: shows the front proxy's certificate, where the cluster has one, to
     * servers that prove to be who is meant.
     *
     * <p>Compat: a bundle in which nothing can be read trusts nobody.
     */
    public static Function<ServerTrust, SslContext> asFrontProxy(Pki pki) {
        boolean hasOwn = Files.exists(pki.frontProxyCertificate());
        return trust -> {
            var builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
            if (hasOwn) {
                builder.keyManager(
                        new PemFile(pki.frontProxyKey()).privateKey(),
                        new PemFile(pki.frontProxyCertificate()).chain());
            }
            if (!trust.isChecked()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null);
            } else if (!trust.authority().isEmpty()) {
                builder.trustManager(
                        new ByteArrayInputStream(trust.authority().getBytes(US_ASCII)));
            }
            return built(pki, builder);
        };
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
