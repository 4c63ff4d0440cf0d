package dev.gantry.gateway.authentication.jwt;

import dev.gantry.gateway.configuration.ConfigurationSection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whom else the gateway believes than the cluster's own authority. */
public record AuthenticationConfiguration(List<JwtAuthenticator> jwt, AnonymousAccess anonymous) {
    /** That of a gateway without such a file. */
    public static final AuthenticationConfiguration NONE =
            new AuthenticationConfiguration(List.of(), AnonymousAccess.EVERYWHERE);

    private static final int MOST = 64;
    private static final List<String> VERSIONS =
            List.of("apiserver.config.k8s.io/v1", "apiserver.config.k8s.io/v1beta1");

    /** An issuer, and what its tokens mean. */
    public record JwtAuthenticator(JwtIssuer issuer, ClaimRules rules) {}

    /**
     * Throws IllegalArgumentException, which says all that is wrong with the file.
     *
     * @param own the issuer of service account tokens, which is not to be configured
     */
    public static AuthenticationConfiguration read(JsonNode file, String own) {
        var root = ConfigurationSection.of(file, "AuthenticationConfiguration", VERSIONS);
        root.only("kind", "apiVersion", "jwt", "anonymous");
        List<JwtAuthenticator> found = new ArrayList<>();
        List<ConfigurationSection> jwt = root.items("jwt");
        if (jwt.size() > MOST) {
            root.invalid("jwt", "must have at most %d items".formatted(MOST));
        }
        Set<String> issuers = new HashSet<>();
        Set<String> discoveries = new HashSet<>();
        for (ConfigurationSection each : jwt) {
            each.only("issuer", "claimValidationRules", "claimMappings", "userValidationRules");
            ConfigurationSection issuer = each.child("issuer");
            found.add(new JwtAuthenticator(JwtIssuer.read(issuer, own), ClaimRules.read(each)));
            if (!issuers.add(issuer.text("url"))) {
                issuer.duplicate("url");
            }
            if (issuer.has("discoveryURL") && !discoveries.add(issuer.text("discoveryURL"))) {
                issuer.duplicate("discoveryURL");
            }
        }
        AnonymousAccess anonymous = AnonymousAccess.read(root);
        root.refuseErrors();
        return new AuthenticationConfiguration(List.copyOf(found), anonymous);
    }
}
