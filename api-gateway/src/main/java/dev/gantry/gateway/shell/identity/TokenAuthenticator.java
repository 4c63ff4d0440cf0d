package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.ProvenToken;
import java.util.List;
import java.util.Optional;

/** Knows one sort of bearer tokens. */
@FunctionalInterface
public interface TokenAuthenticator {
    /** Empty where the token proves nothing to this one. May wait. */
    Optional<ProvenToken> verify(String token);

    /** Compat: {@code union.New}: the first to whom a token proves something decides. */
    static TokenAuthenticator firstOf(List<TokenAuthenticator> all) {
        return token -> {
            for (TokenAuthenticator each : all) {
                Optional<ProvenToken> proven = each.verify(token);
                if (proven.isPresent()) {
                    return proven;
                }
            }
            return Optional.empty();
        };
    }
}
