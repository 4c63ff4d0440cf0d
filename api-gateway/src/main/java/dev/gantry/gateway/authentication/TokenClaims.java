package dev.gantry.gateway.authentication;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a service account token claims, once its signature is found good.
 *
 * <p>Compat: {@code pkg/serviceaccount/claims.go}.
 *
 * @param node the node the token's pod was bound to when it was made
 */
public record TokenClaims(
        String namespace,
        Bound serviceAccount,
        Optional<Bound> pod,
        Optional<Bound> secret,
        Optional<Bound> node,
        List<String> audiences,
        String id,
        Instant expires) {
    /** In the year 36812. */
    private static final long LATEST_SECOND = 1L << 40;

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
    private static final String PREFIX = "system:serviceaccount:";

    /** An object that must still exist for the token to be good. */
    public record Bound(String name, Uid uid) {}

    /** Empty where the claims are not those of a token of this issuer that is good now. */
    public static Optional<TokenClaims> of(JsonNode claims, String issuer, Instant now) {
        JsonNode own = claims.path("kubernetes.io");
        Optional<Bound> account = bound(own.path("serviceaccount"));
        Instant expires = second(claims.path("exp"));
        Instant notBefore = second(claims.path("nbf"));
        boolean inTime =
                now.isBefore(expires.plus(CLOCK_SKEW))
                        && !now.isBefore(notBefore.minus(CLOCK_SKEW));
        if (!Resource.text(claims, "iss").equals(issuer) || account.isEmpty() || !inTime) {
            return Optional.empty();
        }
        var found =
                new TokenClaims(
                        Resource.text(own, "namespace"),
                        account.get(),
                        bound(own.path("pod")),
                        bound(own.path("secret")),
                        bound(own.path("node")),
                        audiences(claims.path("aud")),
                        Resource.text(claims, "jti"),
                        expires);
        return Resource.text(claims, "sub").equals(found.user())
                ? Optional.of(found)
                : Optional.empty();
    }

    public String user() {
        return PREFIX + namespace + ":" + serviceAccount.name();
    }

    public ProvenToken proven() {
        return new ProvenToken(caller(), audiences);
    }

    private Caller caller() {
        SortedMap<String, List<String>> extra = new TreeMap<>();
        pod.ifPresent(found -> put(extra, "pod", found));
        node.ifPresent(found -> put(extra, "node", found));
        if (!id.isEmpty()) {
            extra.put(CertificateIdentity.CREDENTIAL_ID, List.of("JTI=" + id));
        }
        return Identity.authenticated(
                user(), serviceAccount.uid().value(), groupsIn(namespace), extra);
    }

    /** The groups of every account of a namespace. */
    static List<String> groupsIn(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace);
    }

    private static void put(SortedMap<String, List<String>> extra, String kind, Bound found) {
        extra.put("authentication.kubernetes.io/" + kind + "-name", List.of(found.name()));
        if (!found.uid().value().isEmpty()) {
            extra.put(
                    "authentication.kubernetes.io/" + kind + "-uid", List.of(found.uid().value()));
        }
    }

    /** Times beyond what can be reckoned with stand for the last ones that can. */
    private static Instant second(JsonNode claim) {
        return Instant.ofEpochSecond(Math.clamp(claim.asLong(0), 0, LATEST_SECOND));
    }

    private static Optional<Bound> bound(JsonNode reference) {
        String name = Resource.text(reference, "name");
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bound(name, new Uid(Resource.text(reference, "uid"))));
    }

    private static List<String> audiences(JsonNode claim) {
        if (claim.isString()) {
            return List.of(claim.stringValue());
        }
        List<String> found = new ArrayList<>();
        claim.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
