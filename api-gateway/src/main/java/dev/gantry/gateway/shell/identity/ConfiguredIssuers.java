package dev.gantry.gateway.shell.identity;

import com.nimbusds.jose.JWSObject;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.jwt.AnonymousAccess;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration.JwtAuthenticator;
import dev.gantry.gateway.authentication.jwt.ClaimOutcome;
import dev.gantry.gateway.authentication.jwt.JwtIssuer;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The issuers of one reading of an authentication configuration, and what was believed of them. */
public final class ConfiguredIssuers implements TokenAuthenticator {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredIssuers.class);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(1);
    private static final int LONGEST = 64 << 10;
    private static final int LONGEST_REASON = 1000;

    private record Issuer(JwtAuthenticator configured, IssuerKeys keys) {}

    private final Map<String, Issuer> issuers = new HashMap<>();
    private final AnonymousAccess anonymous;
    private final List<String> audiences;
    private final Clock clock;
    private final BelievedTokens believed = new BelievedTokens();
    private volatile Instant quietUntil = Instant.MIN;

    /**
     * Throws IllegalArgumentException where an issuer's certificates cannot be read.
     *
     * @param audiences the gateway's own: a token for the configured ones is for these
     */
    public ConfiguredIssuers(
            AuthenticationConfiguration configuration, List<String> audiences, Clock clock) {
        this.anonymous = configuration.anonymous();
        this.audiences = audiences;
        this.clock = clock;
        for (JwtAuthenticator each : configuration.jwt()) {
            issuers.put(
                    each.issuer().url(), new Issuer(each, new IssuerKeys(each.issuer(), clock)));
        }
    }

    public AnonymousAccess anonymous() {
        return anonymous;
    }

    @Override
    public Optional<ProvenToken> verify(String token) {
        Instant now = clock.instant();
        Optional<ProvenToken> known = believed.find(token, now);
        if (known.isPresent() || issuers.isEmpty() || token.length() > LONGEST) {
            return known;
        }
        try {
            JWSObject signed = JWSObject.parse(token);
            JsonNode claims = JsonMapper.shared().readTree(signed.getPayload().toBytes());
            Issuer issuer = issuers.get(Resource.text(claims, "iss"));
            if (issuer == null) {
                return Optional.empty();
            }
            Optional<ProvenToken> proven = proven(issuer, signed, claims);
            proven.ifPresent(
                    found -> believed.remember(token, found, JwtIssuer.expiryOf(claims), now));
            return proven;
        } catch (ParseException | JacksonException noToken) {
            return Optional.empty();
        }
    }

    private Optional<ProvenToken> proven(Issuer issuer, JWSObject signed, JsonNode claims) {
        JwtAuthenticator configured = issuer.configured;
        if (!issuer.keys.haveSigned(signed)) {
            return unproven(configured.issuer(), "it is signed by none of the issuer's keys");
        }
        return switch (configured.rules().judge(claims, configured.issuer(), clock.instant())) {
            case ClaimOutcome.Proven(var caller) -> Optional.of(new ProvenToken(caller, audiences));
            case ClaimOutcome.Unproven(var why) -> unproven(configured.issuer(), why);
        };
    }

    /** Told to the operator, a few times at most, and in one line whatever a token says. */
    private Optional<ProvenToken> unproven(JwtIssuer issuer, String why) {
        Instant now = clock.instant();
        if (!now.isBefore(quietUntil)) {
            quietUntil = now.plus(BETWEEN_COMPLAINTS);
            String line = FieldError.shortened(why, LONGEST_REASON).replaceAll("\\p{Cntrl}", "?");
            LOG.info("a token of the issuer {} proves nothing: {}", issuer.url(), line);
        }
        return Optional.empty();
    }
}
