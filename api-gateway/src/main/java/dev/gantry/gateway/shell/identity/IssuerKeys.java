package dev.gantry.gateway.shell.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gantry.gateway.authentication.jwt.JwtIssuer;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The keys with which one issuer signs, read from its server when the first of its tokens comes,
 * again when they are old, and again when a token is signed by none of them.
 *
 * <p>Invariant: tokens that nobody signed make it ask once in a while, not once each. Only keys of
 * RSA and of elliptic curves count, so no token is ever checked with a secret, or not at all.
 */
final class IssuerKeys {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** After it, a key that the issuer took back is no longer believed. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** After its server was asked in vain. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();

    private record Fetched(List<JWK> keys, Instant at) {}

    private final JwtIssuer issuer;
    private final IssuerConnection server;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Fetched fetched;
    private volatile Instant pausedUntil = Instant.MIN;

    IssuerKeys(JwtIssuer issuer, IssuerConnection server, Clock clock) {
        this.issuer = issuer;
        this.server = server;
        this.clock = clock;
    }

    /** May wait for the issuer's server. */
    boolean haveSigned(JWSObject token) {
        if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            return false;
        }
        Fetched known = known();
        if (known != null && haveSigned(known.keys, token)) {
            return true;
        }
        Fetched newer = newerThan(known);
        if (newer == null || newer == known) {
            return false;
        }
        boolean isSigned = haveSigned(newer.keys, token);
        if (!isSigned) {
            pausedUntil = clock.instant().plus(PAUSE);
        }
        return isSigned;
    }

    /** Those that are old are still used while they are read again. */
    private @Nullable Fetched known() {
        Fetched known = fetched;
        boolean isOld = known != null && clock.instant().isAfter(known.at.plus(FRESH));
        if (!isOld || !asking.tryLock()) {
            return known;
        }
        try {
            return newerThan(known);
        } finally {
            asking.unlock();
        }
    }

    /** The same, where its server is not to be asked now, or says nothing of use. */
    private @Nullable Fetched newerThan(@Nullable Fetched known) {
        asking.lock();
        try {
            if (fetched == known && !clock.instant().isBefore(pausedUntil)) {
                fetched = new Fetched(fetch(), clock.instant());
            }
        } catch (IOException | ParseException fault) {
            LOG.warn("the keys of the issuer {} cannot be read", issuer.url(), fault);
            pausedUntil = clock.instant().plus(PAUSE);
        } finally {
            asking.unlock();
        }
        return fetched;
    }

    private List<JWK> fetch() throws IOException, ParseException {
        JsonNode description = server.get(issuer.descriptionUrl());
        String named = Resource.text(description, "issuer");
        if (!named.equals(issuer.url())) {
            throw new IOException(
                    "%s describes the issuer %s".formatted(issuer.descriptionUrl(), named));
        }
        JsonNode keys = server.get(Resource.text(description, "jwks_uri"));
        return JWKSet.parse(keys.toString()).getKeys().stream()
                .filter(each -> each instanceof RSAKey || each instanceof ECKey)
                .filter(each -> !KeyUse.ENCRYPTION.equals(each.getKeyUse()))
                .toList();
    }

    private static boolean haveSigned(List<JWK> keys, JWSObject token) {
        String id = token.getHeader().getKeyID();
        return keys.stream()
                .filter(each -> id == null || id.equals(each.getKeyID()))
                .anyMatch(each -> hasSigned(each, token));
    }

    private static boolean hasSigned(JWK key, JWSObject token) {
        try {
            JWSVerifier verifier =
                    key instanceof RSAKey rsa
                            ? new RSASSAVerifier(rsa)
                            : new ECDSAVerifier(key.toECKey());
            return verifier.supportedJWSAlgorithms().contains(token.getHeader().getAlgorithm())
                    && token.verify(verifier);
        } catch (JOSEException unsuited) {
            return false;
        }
    }

    /** Compat: {@code oidc.AllValidSigningAlgorithms}. */
    private static Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> allowed = new HashSet<>(JWSAlgorithm.Family.RSA);
        allowed.addAll(List.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512));
        return allowed;
    }
}
