package dev.gantry.gateway.shell.tls;

import dev.gantry.client.shell.tls.PemFile;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** How the gateway shows itself to clients. */
public final class ServerTls {
    private ServerTls() {}

    /**
     * BoringSSL where it loads, else the JDK's TLS; 1.2 and 1.3 only; HTTP/2 where the client knows
     * it.
     *
     * <p>Compat: as kube-apiserver, the handshake asks for a certificate and takes any; whether it
     * proves anything is decided by authentication, so that a bad one is answered with 401 and not
     * with a broken connection.
     */
    public static SslContext context(Pki pki) {
        X509Certificate[] chain = new PemFile(pki.servingCertificate()).chain();
        try {
            return SslContextBuilder.forServer(new PemFile(pki.servingKey()).privateKey(), chain)
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .clientAuth(ClientAuth.OPTIONAL)
                    .trustManager(new AskingTrust(new PemFile(pki.authority()).certificates()))
                    .applicationProtocolConfig(
                            new ApplicationProtocolConfig(
                                    Protocol.ALPN,
                                    SelectorFailureBehavior.NO_ADVERTISE,
                                    SelectedListenerFailureBehavior.ACCEPT,
                                    ApplicationProtocolNames.HTTP_2,
                                    ApplicationProtocolNames.HTTP_1_1))
                    .build();
        } catch (SSLException fault) {
            throw new IllegalArgumentException(
                    pki.servingCertificate() + " and its key are of no use", fault);
        }
    }
}
