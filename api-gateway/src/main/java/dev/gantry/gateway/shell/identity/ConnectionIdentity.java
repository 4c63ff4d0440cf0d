package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.shell.health.CertificateLifetimes;
import dev.gantry.gateway.shell.tls.ClientCertificates;
import dev.gantry.model.exchange.Caller;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a connection's certificate proves; verified once per connection, its time always, and noted
 * for those who watch over certificates.
 */
public final class ConnectionIdentity {
    private static final AttributeKey<Proven> PROVEN = AttributeKey.valueOf("gantry.proven");

    private record Proven(Optional<Caller> caller, Instant until) {}

    private final ClientCertificates certificates;
    private final CertificateLifetimes lifetimes;
    private final Clock clock;

    public ConnectionIdentity(
            ClientCertificates certificates, CertificateLifetimes lifetimes, Clock clock) {
        this.certificates = certificates;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    /** Empty where the client showed no certificate. */
    Optional<Identity> of(Channel channel) {
        Proven proven = channel.attr(PROVEN).get();
        if (proven == null) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            X509Certificate[] chain = tls == null ? new X509Certificate[0] : chainOf(tls);
            if (chain.length == 0) {
                return Optional.empty();
            }
            Instant until = chain[0].getNotAfter().toInstant();
            proven = new Proven(certificates.verify(chain), until);
            channel.attr(PROVEN).set(proven);
        }
        Duration left = Duration.between(clock.instant(), proven.until);
        if (proven.caller.isEmpty() || left.isNegative()) {
            return Optional.of(Identity.UNAUTHORIZED);
        }
        lifetimes.add(left);
        return Optional.of(new Identity.Known(proven.caller.get()));
    }

    private static X509Certificate[] chainOf(SslHandler tls) {
        try {
            return Arrays.stream(tls.engine().getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException none) {
            return new X509Certificate[0];
        }
    }
}
