package dev.gantry.gateway.authentication.jwt;

import dev.gantry.gateway.configuration.ConfigurationSection;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * An issuer of tokens, and for whom they must be.
 *
 * @param discoveryUrl where its description is, if not below {@code url}
 * @param authority certificates in PEM that its server must lead to; empty for the public ones
 */
public record JwtIssuer(String url, String discoveryUrl, String authority, List<String> audiences) {
    private static final String SCHEME = "https://";
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final String ANY = "MatchAny";

    /** Compat: go-oidc; for {@code nbf} only. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** In the year 36812. */
    private static final long LATEST_SECOND = 1L << 40;

    static JwtIssuer read(ConfigurationSection issuer, String own) {
        issuer.only(
                "url",
                "discoveryURL",
                "certificateAuthority",
                "audiences",
                "audienceMatchPolicy",
                "egressSelectorType");
        String url = issuer.text("url");
        if (url.isEmpty()) {
            issuer.required("url", "");
        } else {
            checkUrl(issuer, "url", url);
        }
        if (url.equals(own)) {
            issuer.invalid(
                    "url", "URL must not overlap with disallowed issuers: [%s]".formatted(own));
        }
        String discovery = issuer.text("discoveryURL");
        if (!discovery.isEmpty()) {
            checkUrl(issuer, "discoveryURL", discovery);
            if (withoutSlashes(discovery).equals(withoutSlashes(url))) {
                issuer.invalid("discoveryURL", "discoveryURL must be different from URL");
            }
        }
        if (issuer.has("egressSelectorType")) {
            issuer.invalid("egressSelectorType", "there are no egress selectors here");
        }
        return new JwtIssuer(
                url, discovery, issuer.text("certificateAuthority"), audiences(issuer));
    }

    /** Where the issuer describes itself. */
    public String descriptionUrl() {
        if (!discoveryUrl.isEmpty()) {
            return discoveryUrl;
        }
        return (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + WELL_KNOWN;
    }

    /**
     * Why a token with these claims, whose signature is good, is not one of this issuer for this
     * cluster and this time; empty where it is.
     */
    public Optional<String> objection(JsonNode claims, Instant now) {
        if (!Resource.text(claims, "iss").equals(url)) {
            return Optional.of("it is of another issuer");
        }
        if (audiencesOf(claims).stream().noneMatch(audiences::contains)) {
            return Optional.of(
                    "expected audience in %s got %s".formatted(audiences, audiencesOf(claims)));
        }
        if (!now.isBefore(expiryOf(claims))) {
            return Optional.of("it has expired, or does not say when it does");
        }
        JsonNode notBefore = claims.path("nbf");
        return notBefore.isNumber() && now.plus(CLOCK_SKEW).isBefore(second(notBefore))
                ? Optional.of("it is not valid yet")
                : Optional.empty();
    }

    /** Long ago, where the token does not say. */
    public static Instant expiryOf(JsonNode claims) {
        return second(claims.path("exp"));
    }

    private static Instant second(JsonNode claim) {
        return Instant.ofEpochSecond(Math.clamp(claim.asLong(0), 0, LATEST_SECOND));
    }

    private static List<String> audiencesOf(JsonNode claims) {
        JsonNode claim = claims.path("aud");
        if (claim.isString()) {
            return List.of(claim.stringValue());
        }
        List<String> found = new ArrayList<>();
        claim.forEach(each -> found.add(each.asString("")));
        return found;
    }

    private static List<String> audiences(ConfigurationSection issuer) {
        List<String> audiences = issuer.texts("audiences");
        if (audiences.isEmpty()) {
            issuer.required("audiences", "at least one is required");
        }
        if (audiences.stream().anyMatch(String::isEmpty)) {
            issuer.invalid("audiences", "must not be empty");
        }
        Set<String> different = new HashSet<>(audiences);
        if (different.size() < audiences.size()) {
            issuer.duplicate("audiences");
        }
        String policy = issuer.text("audienceMatchPolicy");
        if (audiences.size() > 1 && !policy.equals(ANY)) {
            issuer.invalid(
                    "audienceMatchPolicy",
                    "audienceMatchPolicy must be MatchAny for multiple audiences");
        } else if (!policy.isEmpty() && !policy.equals(ANY)) {
            issuer.invalid(
                    "audienceMatchPolicy",
                    "audienceMatchPolicy must be empty or MatchAny for single audience");
        }
        return List.copyOf(audiences);
    }

    private static void checkUrl(ConfigurationSection issuer, String field, String url) {
        if (!url.startsWith(SCHEME) || url.length() == SCHEME.length()) {
            issuer.invalid(field, "URL scheme must be https");
            return;
        }
        int path = url.indexOf('/', SCHEME.length());
        String host = path < 0 ? url : url.substring(0, path);
        if (host.contains("@")) {
            issuer.invalid(field, "URL must not contain a username or password");
        }
        if (url.contains("?")) {
            issuer.invalid(field, "URL must not contain a query");
        }
        if (url.contains("#")) {
            issuer.invalid(field, "URL must not contain a fragment");
        }
    }

    private static String withoutSlashes(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
