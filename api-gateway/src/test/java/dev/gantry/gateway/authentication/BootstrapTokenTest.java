package dev.gantry.gateway.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BootstrapTokenTest {
    private static final String TEXT = "abcdef.0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ObjectNode secret = JsonMapper.shared().createObjectNode();

    BootstrapTokenTest() {
        secret.put("type", "bootstrap.kubernetes.io/token");
        set("token-id", "abcdef");
        set("token-secret", "0123456789abcdef");
        set("usage-bootstrap-authentication", "true");
        set("auth-extra-groups", "system:bootstrappers:kubeadm:default-node-token");
        set("expiration", "2026-01-01T01:00:00+00:30");
    }

    @Test
    void isAMachineThatJoins() {
        Caller caller = caller().orElseThrow();
        assertThat(caller.user()).isEqualTo("system:bootstrap:abcdef");
        assertThat(caller.groups())
                .containsExactly(
                        "system:bootstrappers",
                        "system:bootstrappers:kubeadm:default-node-token",
                        "system:authenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "token-secret, 0123456789abcdee",
        "token-id, abcdeg",
        "expiration, 2026-01-01T00:00:00Z",
        "expiration, tomorrow",
        "usage-bootstrap-authentication, yes",
        "auth-extra-groups, system:masters",
        "auth-extra-groups, 'system:bootstrappers:a,system:bootstrappers:'"
    })
    void isNobodyWhereTheSecretDoesNotSaySo(String name, String value) {
        set(name, value);
        assertThat(caller()).isEmpty();
    }

    @Test
    void secretsOfAnotherTypeOrOnTheirWayOutAreNone() {
        secret.put("type", "Opaque");
        assertThat(caller()).isEmpty();
        secret.put("type", "bootstrap.kubernetes.io/token");
        secret.putObject("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
        assertThat(caller()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcdef", "abcdeF.0123456789abcdef", TEXT + "0", TEXT + "\n"})
    void otherTextsAreNone(String text) {
        assertThat(BootstrapToken.parse(text)).isEmpty();
    }

    private Optional<Caller> caller() {
        return BootstrapToken.parse(TEXT).orElseThrow().caller(new Resource(secret), NOW);
    }

    private void set(String name, String value) {
        String encoded = Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
        Resource.child(secret, "data").put(name, encoded);
    }
}
