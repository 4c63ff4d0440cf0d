package dev.gantry.gateway.shell.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.TokenClaims;
import dev.gantry.gateway.authentication.TokenClaims.Bound;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Tokens of service accounts: signature, time, and whether what they are bound to still is. */
public final class Tokens implements TokenAuthenticator {
    private static final Duration LINGERING = Duration.ofSeconds(60);
    private static final int LONGEST = 16 << 10;
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256);

    private final JWSVerifier verifier;
    private final String issuer;
    private final StateClient state;
    private final Clock clock;
    private final BelievedTokens believed = new BelievedTokens();

    public Tokens(PublicKey key, String issuer, StateClient state, Clock clock) {
        this.verifier = verifierOf(key);
        this.issuer = issuer;
        this.state = state;
        this.clock = clock;
    }

    @Override
    public Optional<ProvenToken> verify(String token) {
        Instant now = clock.instant();
        Optional<ProvenToken> known = believed.find(token, now);
        if (known.isPresent()) {
            return known;
        }
        Optional<TokenClaims> claims = claimsOf(token, now).filter(found -> stillHolds(found, now));
        claims.ifPresent(found -> believed.remember(token, found.proven(), found.expires(), now));
        return claims.map(TokenClaims::proven);
    }

    private Optional<TokenClaims> claimsOf(String token, Instant now) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JWSObject signed = JWSObject.parse(token);
            if (!ALGORITHMS.contains(signed.getHeader().getAlgorithm())
                    || !signed.verify(verifier)) {
                return Optional.empty();
            }
            return TokenClaims.of(
                    JsonMapper.shared().readTree(signed.getPayload().toBytes()), issuer, now);
        } catch (ParseException | JOSEException | JacksonException noToken) {
            return Optional.empty();
        }
    }

    private boolean stillHolds(TokenClaims claims, Instant now) {
        return holds(Kinds.SERVICE_ACCOUNT, claims.namespace(), claims.serviceAccount(), now)
                && placeHolds(claims, now)
                && claims.secret()
                        .map(secret -> holds(Kinds.SECRET, claims.namespace(), secret, now))
                        .orElse(true);
    }

    /** Compat: {@code claims.go}: the node of a pod's token only tells where the pod was. */
    private boolean placeHolds(TokenClaims claims, Instant now) {
        return claims.pod()
                .map(pod -> holds(Kinds.POD, claims.namespace(), pod, now))
                .or(() -> claims.node().map(node -> holds(Kinds.NODE, "", node, now)))
                .orElse(true);
    }

    private boolean holds(Kind kind, String namespace, Bound bound, Instant now) {
        Optional<Resource> found =
                state.get(new ObjectKey(kind.resource(), namespace, bound.name()));
        return found.isPresent()
                && found.get().uid().equals(bound.uid())
                && found.get()
                        .deletionTime()
                        .map(deleted -> now.isBefore(deleted.plus(LINGERING)))
                        .orElse(true);
    }

    private static JWSVerifier verifierOf(PublicKey key) {
        try {
            return switch (key) {
                case ECPublicKey curve -> new ECDSAVerifier(curve);
                case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
                default ->
                        throw new IllegalArgumentException(
                                "a " + key.getAlgorithm() + " key signs no tokens");
            };
        } catch (JOSEException fault) {
            throw new IllegalArgumentException("the key of the tokens is of no use", fault);
        }
    }
}
