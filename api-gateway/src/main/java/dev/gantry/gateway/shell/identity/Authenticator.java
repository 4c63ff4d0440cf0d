package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authentication.TokenClaims;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.tls.ClientCertificates;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Finds out who asks. */
public final class Authenticator {
    private static final String BEARER = "bearer ";

    private final ConnectionIdentity connections;
    private final Tokens tokens;
    private final List<String> audiences;

    public Authenticator(
            ClientCertificates certificates, Tokens tokens, List<String> audiences, Clock clock) {
        this.connections = new ConnectionIdentity(certificates, clock);
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
    }

    /**
     * Compat: a good certificate decides; else a good token does; else a bad one of either is
     * refused; nothing at all is anonymous. May wait for a look-up.
     */
    public Identity identify(Incoming incoming) {
        Optional<Identity> shown = connections.of(incoming.channel());
        if (shown.isPresent() && shown.get() instanceof Identity.Known) {
            return shown.get();
        }
        String authorization = incoming.header("authorization");
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return byToken(authorization.substring(BEARER.length()).strip());
        }
        return shown.orElse(new Identity.Known(Identity.ANONYMOUS));
    }

    private Identity byToken(String token) {
        Optional<TokenClaims> claims = tokens.verify(token).filter(found -> found.isFor(audiences));
        return claims.isPresent()
                ? new Identity.Known(claims.get().caller())
                : Identity.UNAUTHORIZED;
    }
}
