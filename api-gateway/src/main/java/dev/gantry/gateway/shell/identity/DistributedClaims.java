package dev.gantry.gateway.shell.identity;

import com.nimbusds.jose.JWSObject;
import dev.gantry.gateway.authentication.jwt.ClaimPlace;
import dev.gantry.gateway.authentication.jwt.JwtIssuer;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gets claims from where the tokens of one issuer say that they are. What comes is a token itself,
 * of this issuer or another, and has to be signed by that one and for the same audience.
 *
 * <p>Invariant: only a token whose signature is good makes the gateway ask anybody, over TLS, at
 * addresses that may be reached, and without following redirections.
 */
final class DistributedClaims {
    /** A token may name any issuer. */
    private static final int MOST_ISSUERS = 64;

    /**
     * The claims of a token with those that stand elsewhere.
     *
     * @param expires when the first of them is no longer good
     */
    record Completed(JsonNode claims, Instant expires) {}

    private final JwtIssuer issuer;
    private final IssuerKeys keys;
    private final Predicate<InetAddress> isReached;
    private final Clock clock;
    private final IssuerConnection endpoints;
    private final Map<String, IssuerKeys> others = new ConcurrentHashMap<>();

    /**
     * @param keys of that issuer
     */
    DistributedClaims(
            JwtIssuer issuer, IssuerKeys keys, Predicate<InetAddress> isReached, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.isReached = isReached;
        this.clock = clock;
        this.endpoints = IssuerConnection.within(issuer.authority(), isReached);
    }

    /**
     * Throws IOException, with a sentence for the operator, where the claim cannot be had.
     *
     * @param claims of a token that is good by itself
     * @param name of the claim that may stand elsewhere
     */
    Completed completed(JsonNode claims, String name) throws IOException {
        return switch (ClaimPlace.of(claims, name)) {
            case ClaimPlace.Here _ -> new Completed(claims, JwtIssuer.expiryOf(claims));
            case ClaimPlace.Unknown(var why) -> throw new IOException(why);
            case ClaimPlace.Elsewhere place -> {
                JsonNode told = claimsAt(place);
                if (!told.has(name)) {
                    throw new IOException(
                            "%s does not tell the claim %s".formatted(place.endpoint(), name));
                }
                ObjectNode all = ((ObjectNode) claims).deepCopy();
                all.set(name, told.path(name));
                Instant own = JwtIssuer.expiryOf(claims);
                Instant others = JwtIssuer.expiryOf(told);
                yield new Completed(all, own.isBefore(others) ? own : others);
            }
        };
    }

    private JsonNode claimsAt(ClaimPlace.Elsewhere place) throws IOException {
        String text = endpoints.text(place.endpoint(), place.accessToken());
        JWSObject signed;
        JsonNode claims;
        try {
            signed = JWSObject.parse(text.strip());
            claims = JsonMapper.shared().readTree(signed.getPayload().toBytes());
        } catch (ParseException | JacksonException noToken) {
            throw new IOException(place.endpoint() + " answered no token", noToken);
        }
        JwtIssuer other =
                new JwtIssuer(
                        Resource.text(claims, "iss"), "", issuer.authority(), issuer.audiences());
        if (!keysOf(other).haveSigned(signed)) {
            throw new IOException(
                    "%s answered a token that %s has not signed"
                            .formatted(place.endpoint(), other.url()));
        }
        Optional<String> objection = other.objection(claims, clock.instant());
        if (objection.isPresent()) {
            throw new IOException(
                    "the token of %s is of no use: %s"
                            .formatted(place.endpoint(), objection.get()));
        }
        return claims;
    }

    private IssuerKeys keysOf(JwtIssuer other) throws IOException {
        if (other.url().equals(issuer.url())) {
            return keys;
        }
        IssuerKeys known = others.get(other.url());
        if (known == null && others.size() >= MOST_ISSUERS) {
            throw new IOException("claims are told by too many issuers");
        }
        return known != null
                ? known
                : others.computeIfAbsent(
                        other.url(),
                        _ ->
                                new IssuerKeys(
                                        other,
                                        IssuerConnection.within(issuer.authority(), isReached),
                                        clock));
    }
}
