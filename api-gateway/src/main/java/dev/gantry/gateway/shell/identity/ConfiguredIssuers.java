package dev.gantry.gateway.shell.identity;

import com.nimbusds.jose.JWSObject;
import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.jwt.AnonymousAccess;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration.JwtAuthenticator;
import dev.gantry.gateway.authentication.jwt.ClaimOutcome;
import dev.gantry.gateway.authentication.jwt.JwtIssuer;
import dev.gantry.gateway.shell.identity.DistributedClaims.Completed;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import java.io.IOException;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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

    private record Issuer(
            JwtAuthenticator configured, IssuerKeys keys, DistributedClaims distributed) {}

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
     * @param isReached where tokens may send the gateway for further claims
     */
    public ConfiguredIssuers(
            AuthenticationConfiguration configuration,
            List<String> audiences,
            Predicate<InetAddress> isReached,
            Clock clock) {
        this.anonymous = configuration.anonymous();
        this.audiences = audiences;
        this.clock = clock;
        for (JwtAuthenticator each : configuration.jwt()) {
            JwtIssuer issuer = each.issuer();
            IssuerKeys keys =
                    new IssuerKeys(issuer, IssuerConnection.anywhere(issuer.authority()), clock);
            issuers.put(
                    issuer.url(),
                    new Issuer(each, keys, new DistributedClaims(issuer, keys, isReached, clock)));
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
            return proven(issuer, signed, claims, token);
        } catch (ParseException | JacksonException noToken) {
            return Optional.empty();
        }
    }

    private Optional<ProvenToken> proven(
            Issuer issuer, JWSObject signed, JsonNode claims, String token) {
        JwtAuthenticator configured = issuer.configured;
        if (!issuer.keys.haveSigned(signed)) {
            return unproven(configured.issuer(), "it is signed by none of the issuer's keys");
        }
        Completed completed;
        try {
            completed = completed(issuer, claims);
        } catch (IOException fault) {
            return unproven(configured.issuer(), String.valueOf(fault.getMessage()));
        }
        Instant now = clock.instant();
        switch (configured.rules().judge(completed.claims(), configured.issuer(), now)) {
            case ClaimOutcome.Proven(var caller) -> {
                ProvenToken proven = new ProvenToken(caller, audiences);
                believed.remember(token, proven, completed.expires(), now);
                return Optional.of(proven);
            }
            case ClaimOutcome.Unproven(var why) -> {
                return unproven(configured.issuer(), why);
            }
        }
    }

    /** Nobody is asked about a token that is of no use as it is. */
    private Completed completed(Issuer issuer, JsonNode claims) throws IOException {
        Optional<String> groups = issuer.configured.rules().groupsClaim();
        boolean isOfNoUse =
                issuer.configured.issuer().objection(claims, clock.instant()).isPresent();
        return groups.isEmpty() || isOfNoUse
                ? new Completed(claims, JwtIssuer.expiryOf(claims))
                : issuer.distributed.completed(claims, groups.get());
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
