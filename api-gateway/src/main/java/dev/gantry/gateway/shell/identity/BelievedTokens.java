package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.ProvenToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were found good a moment ago, so that not every request of a client costs a signature
 * and look-ups. Compat: {@code --authentication-token-success-cache}: ten seconds.
 */
final class BelievedTokens {
    /** How long a token may outlive what it is bound to. */
    private static final Duration BELIEVED = Duration.ofSeconds(10);

    private static final int MOST = 20_000;

    private record Believed(ProvenToken proven, Instant until) {}

    private final Map<String, Believed> tokens = new ConcurrentHashMap<>();

    Optional<ProvenToken> find(String token, Instant now) {
        Believed known = tokens.get(token);
        if (known == null) {
            return Optional.empty();
        }
        if (!now.isBefore(known.until)) {
            tokens.remove(token, known);
            return Optional.empty();
        }
        return Optional.of(known.proven);
    }

    /**
     * @param expires when the token is no longer good by itself
     */
    void remember(String token, ProvenToken proven, Instant expires, Instant now) {
        if (tokens.size() >= MOST) {
            tokens.values().removeIf(each -> !now.isBefore(each.until));
        }
        if (tokens.size() < MOST) {
            Instant until = now.plus(BELIEVED);
            tokens.put(token, new Believed(proven, expires.isBefore(until) ? expires : until));
        }
    }
}
