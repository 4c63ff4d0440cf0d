package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.jwt.AnonymousAccess;
import dev.gantry.gateway.shell.exchange.Incoming;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out who asks. */
public final class Authenticator {
    private static final String BEARER = "bearer ";

    private final ConnectionIdentity connections;
    private final TokenAuthenticator tokens;
    private final List<String> audiences;
    private final Supplier<AnonymousAccess> anonymous;

    /**
     * @param audiences of which a token must be for one
     * @param anonymous where nothing has to be shown, at this moment
     */
    public Authenticator(
            ConnectionIdentity connections,
            TokenAuthenticator tokens,
            List<String> audiences,
            Supplier<AnonymousAccess> anonymous) {
        this.connections = connections;
        this.tokens = tokens;
        this.audiences = List.copyOf(audiences);
        this.anonymous = anonymous;
    }

    /**
     * Compat: a good certificate decides; else a good token does; else a bad one of either is
     * refused; nothing at all is anonymous, where that is enough. May wait for a look-up.
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
        return shown.orElseGet(
                () ->
                        anonymous.get().covers(incoming.path())
                                ? new Identity.Known(Identity.ANONYMOUS)
                                : Identity.UNAUTHORIZED);
    }

    private Identity byToken(String token) {
        Optional<ProvenToken> proven = tokens.verify(token).filter(found -> found.isFor(audiences));
        return proven.isPresent()
                ? new Identity.Known(proven.get().caller())
                : Identity.UNAUTHORIZED;
    }
}
