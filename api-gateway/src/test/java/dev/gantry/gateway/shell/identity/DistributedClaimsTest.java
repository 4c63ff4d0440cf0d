package dev.gantry.gateway.shell.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.authentication.ProvenToken;
import dev.gantry.gateway.authentication.jwt.AuthenticationConfiguration;
import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.TestIssuer;
import dev.gantry.gateway.shell.TestPki;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Groups that a token does not hold, but says where they are. */
@Timeout(180)
class DistributedClaimsTest {
    private static final String PLAIN =
            """
            {"claimMappings": {"username": {"claim": "sub", "prefix": ""},
                               "groups": {"claim": "groups", "prefix": "oidc:"}}}
            """;

    @TempDir Path folder;
    private TestIssuer issuer;
    private TestIssuer other;

    @BeforeEach
    void start() throws Exception {
        TestPki pki = new TestPki(folder);
        issuer = new TestIssuer(pki);
        other = new TestIssuer(pki);
    }

    @AfterEach
    void stop() {
        issuer.close();
        other.close();
    }

    @Test
    void areReadAtTheEndpointWithItsAccessToken() throws Exception {
        String told = issuer.token(Map.of("groups", List.of("dev", "ops")));
        String token = token(issuer.endpoint("/claims", 200, told + "\n"), "f005ba11");

        assertThat(groups(verify(token))).contains("oidc:dev", "oidc:ops");
        assertThat(issuer.shown).containsExactly("Bearer f005ba11");
    }

    @Test
    void mayBeSignedByAnotherIssuerThatDescribesItself() throws Exception {
        String told = other.token(Map.of("groups", "dev"));
        assertThat(groups(verify(token(other.endpoint("/claims", 200, told), ""))))
                .contains("oidc:dev");
        assertThat(other.shown).containsExactly("null");
        assertThat(other.keyReads).hasValue(1);
    }

    @Test
    void areAskedForOnceAsLongAsTheTokenIsBelieved() throws Exception {
        String told = issuer.token(Map.of("groups", "dev"));
        String token = token(issuer.endpoint("/claims", 200, told), "");
        ConfiguredIssuers issuers = issuers(_ -> true);

        assertThat(issuers.verify(token)).isPresent();
        assertThat(issuers.verify(token)).isPresent();
        assertThat(issuer.shown).hasSize(1);
    }

    @Test
    void proveNothingWhereTheyCannotBeHad() throws Exception {
        long past = Instant.now().minusSeconds(5).getEpochSecond();
        Map<String, Object> dev = Map.of("groups", "dev");
        List<String> endpoints =
                List.of(
                        issuer.endpoint("/forged", 200, issuer.forged(dev)),
                        issuer.endpoint(
                                "/old", 200, issuer.token(Map.of("groups", "d", "exp", past))),
                        issuer.endpoint(
                                "/others", 200, issuer.token(Map.of("groups", "d", "aud", "o"))),
                        issuer.endpoint("/else", 200, issuer.token(Map.of("roles", "dev"))),
                        issuer.endpoint("/text", 200, "{}"),
                        issuer.endpoint("/refused", 403, issuer.token(dev)),
                        issuer.endpoint(
                                "/led", 302, issuer.endpoint("/to", 200, issuer.token(dev))),
                        issuer.url().replace("https", "http"),
                        "nonsense");

        for (String each : endpoints) {
            assertThat(verify(token(each, ""))).as(each).isEmpty();
        }
    }

    @Test
    void areNotLookedForWhereTheControlPlaneItselfIs() throws Exception {
        String told = issuer.token(Map.of("groups", "dev"));
        Reach reach = new Reach(Set.of());
        Predicate<InetAddress> isReached = each -> reach.address(each.getHostAddress()).isPresent();
        String byAddress = issuer.endpoint("/claims", 200, told);
        String byName = byAddress.replace("127.0.0.1", "localhost");

        assertThat(issuers(isReached).verify(token(byAddress, ""))).isEmpty();
        assertThat(issuers(isReached).verify(token(byName, ""))).isEmpty();
        assertThat(issuer.shown).isEmpty();
        assertThat(issuers(_ -> true).verify(token(byName, ""))).isPresent();
    }

    @Test
    void areAskedForByGoodTokensOnly() throws Exception {
        String endpoint = issuer.endpoint("/claims", 200, issuer.token(Map.of("groups", "dev")));
        verify(issuer.forged(claims(endpoint, "")));
        Map<String, Object> others = new java.util.TreeMap<>(claims(endpoint, ""));
        others.put("aud", "others");
        verify(issuer.token(others));
        Map<String, Object> held = new java.util.TreeMap<>(claims(endpoint, ""));
        held.put("groups", "held");

        assertThat(groups(verify(issuer.token(held)))).contains("oidc:held");
        assertThat(issuer.shown).isEmpty();
    }

    private String token(String endpoint, String accessToken) throws Exception {
        return issuer.token(claims(endpoint, accessToken));
    }

    private static Map<String, Object> claims(String endpoint, String accessToken) {
        return Map.of(
                "sub",
                "jane",
                "_claim_names",
                Map.of("groups", "src1"),
                "_claim_sources",
                Map.of("src1", Map.of("endpoint", endpoint, "access_token", accessToken)));
    }

    private Optional<ProvenToken> verify(String token) {
        return issuers(_ -> true).verify(token);
    }

    private ConfiguredIssuers issuers(Predicate<InetAddress> isReached) {
        return new ConfiguredIssuers(
                AuthenticationConfiguration.read(issuer.configuration(PLAIN), "https://own"),
                List.of("https://own"),
                isReached,
                Clock.systemUTC());
    }

    private static List<String> groups(Optional<ProvenToken> proven) {
        return proven.orElseThrow().caller().groups();
    }
}
