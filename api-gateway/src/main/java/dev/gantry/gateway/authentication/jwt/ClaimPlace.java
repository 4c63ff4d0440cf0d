package dev.gantry.gateway.authentication.jwt;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * Where a claim of a token stands.
 *
 * <p>Compat: {@code claimResolver.expand} of the oidc authenticator, for distributed claims of
 * OpenID Connect Core 1.0, section 5.6.2. Aggregated ones, which the token brings along, count for
 * nothing there and here.
 */
public sealed interface ClaimPlace {
    /** In the token, or nowhere. */
    record Here() implements ClaimPlace {}

    /**
     * @param accessToken to be shown at the endpoint; may be empty
     */
    record Elsewhere(String endpoint, String accessToken) implements ClaimPlace {}

    /** The token contradicts itself. */
    record Unknown(String why) implements ClaimPlace {}

    static ClaimPlace of(JsonNode claims, String name) {
        JsonNode names = claims.path("_claim_names");
        if (claims.has(name) || names.isMissingNode()) {
            return new Here();
        }
        JsonNode sources = claims.path("_claim_sources");
        if (!names.isObject() || !sources.isObject()) {
            return new Unknown("_claim_names and _claim_sources are not both objects");
        }
        String source = Resource.text(names, name);
        if (source.isEmpty()) {
            return new Here();
        }
        if (!sources.path(source).isObject()) {
            return new Unknown("_claim_sources does not have the source " + source);
        }
        String endpoint = Resource.text(sources.path(source), "endpoint");
        return endpoint.isEmpty()
                ? new Here()
                : new Elsewhere(endpoint, Resource.text(sources.path(source), "access_token"));
    }
}
