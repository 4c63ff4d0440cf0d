package dev.gantry.gateway.authentication.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AuthenticationConfigurationTest {
    private static final String GOOD =
            """
            {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthenticationConfiguration",
             "jwt": [{"issuer": {"url": "https://id.example", "audiences": ["a"]},
                      "claimMappings": {"username": {"claim": "sub", "prefix": ""}}}]}
            """;

    @Test
    void readsWhatIsConfigured() {
        var read = read(GOOD);
        assertThat(read.jwt()).hasSize(1);
        assertThat(read.jwt().getFirst().issuer().descriptionUrl())
                .isEqualTo("https://id.example/.well-known/openid-configuration");
        assertThat(read.anonymous()).isEqualTo(AnonymousAccess.EVERYWHERE);
    }

    /** The first is replaced by the second in a good configuration. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "config.k8s.io/v1 | config.k8s.io/v9 | apiVersion: Unsupported value",
                "\"audiences\" | \"audience\" | jwt[0].issuer.audience: Forbidden: unknown field",
                "\"audiences\": [\"a\"] | \"audiences\": [] | jwt[0].issuer.audiences: Required",
                "[\"a\"] | [\"a\", \"b\"] | audienceMatchPolicy must be MatchAny",
                "https://id.example | http://id.example | URL scheme must be https",
                "https://id.example | https://me@id.example | must not contain a username",
                "https://id.example | https://id.example?a=b | URL must not contain a query",
                "https://id.example | https://id.example#a | URL must not contain a fragment",
                "https://id.example | https://own | URL must not overlap with disallowed issuers",
                ", \"prefix\": \"\" | `` | jwt[0].claimMappings.username.prefix: Required value",
                "{\"claim\": \"sub\", \"prefix\": \"\"} | {} | claim or expression is required",
                "\"claim\": \"sub\" | \"expression\": \"claims.sub\" | prefix: Invalid value",
                "\"claim\": \"sub\", \"prefix\": \"\" | \"expression\": \"claims.email\" |"
                        + " claims.email_verified must be used",
                "\"claim\": \"sub\" | \"claim\": 7 | username.claim: Invalid value: 7: must be a",
                "\"claimMappings\" | \"userValidationRules\": [{\"expression\": \"user.name ==\"}],"
                        + " \"claimMappings\" | jwt[0].userValidationRules[0].expression: Invalid",
                "\"claimMappings\" | \"claimValidationRules\": [{\"expression\": \"claims.a\"}],"
                        + " \"claimMappings\" | must evaluate to bool",
                "\"claimMappings\": { | \"claimMappings\": {\"extra\": [{\"key\": \"k8s.io/a\","
                        + " \"valueExpression\": \"''\"}], | reserved for Kubernetes use",
                "\"jwt\" | \"anonymous\": {\"enabled\": false, \"conditions\": [{\"path\": \"/a\"}]},"
                        + " \"jwt\" | enabled should be set to true when conditions are defined"
            })
    void saysWhatIsWrong(String good, String wrong, String why) {
        assertThat(GOOD).contains(good);
        assertThatThrownBy(() -> read(GOOD.replace(good, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void addressesMayBeUsernamesWhereTheyAreVerified() {
        String checked = "claims.email_verified ? claims.email : ''";
        var read =
                read(
                        GOOD.replace(
                                "\"claim\": \"sub\", \"prefix\": \"\"",
                                "\"expression\": \"" + checked + "\""));
        assertThat(read.jwt()).hasSize(1);
    }

    private static AuthenticationConfiguration read(String file) {
        return AuthenticationConfiguration.read(JsonMapper.shared().readTree(file), "https://own");
    }
}
