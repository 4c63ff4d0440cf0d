package dev.gantry.client.shell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.client.shell.http.Kubeconfig.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With plugins that are shell scripts beside the kubeconfig. */
final class CredentialPluginTest {
    private static final String V1 = "client.authentication.k8s.io/v1";

    @TempDir private Path folder;
    private final Map<String, Object> exec = new HashMap<>();

    @BeforeEach
    void namePlugin() {
        exec.put("apiVersion", V1);
        exec.put("command", "./plugin");
    }

    @Test
    void givesTheTokenThatTheProgramGives() throws IOException {
        plugin("{\"token\":\"t-$1-$WHERE\"}");
        exec.put("args", List.of("jane"));
        exec.put("env", List.of(Map.of("name", "WHERE", "value", "here")));

        assertThat(ask().content()).isEqualTo(Map.of("token", "t-jane-here"));
    }

    @Test
    void givesTheCertificateAsAFileWouldHoldIt() throws IOException {
        plugin("{\"clientCertificateData\":\"C\",\"clientKeyData\":\"K\"}");

        assertThat(ask().content())
                .isEqualTo(Map.of("client-certificate-data", "Qw==", "client-key-data", "Sw=="));
    }

    @Test
    void tellsTheProgramWhatItIsAskedFor() throws IOException {
        plugin("{\"token\":\"t\"}");
        exec.put("provideClusterInfo", true);
        ask();

        JsonNode question = JsonMapper.shared().readTree(folder.resolve("question"));

        assertThat(question.path("apiVersion").asString()).isEqualTo(V1);
        assertThat(question.path("kind").asString()).isEqualTo("ExecCredential");
        assertThat(question.at("/spec/interactive").asBoolean(true)).isFalse();
        assertThat(question.at("/spec/cluster/server").asString()).isEqualTo("https://example:1");
    }

    @Test
    void saysWhatIsMissingWhereNothingIsGiven() throws IOException {
        plugin("{}");
        exec.put("installHint", "get it there");

        assertThatThrownBy(this::ask)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(
                        "the credential plugin ./plugin gave neither token nor certificate: get it"
                                + " there");
    }

    @Test
    void isNotAskedWhereItWantsATerminal() {
        exec.put("interactiveMode", "Always");

        assertThatThrownBy(this::ask).hasMessageContaining("wants a terminal");
    }

    private Entry ask() throws IOException {
        Path file = folder.resolve("config");
        var cluster = new Entry(file, Map.of("server", "https://example:1"));
        return new CredentialPlugin(cluster, new Entry(file, Map.of("exec", exec))).ask();
    }

    private void plugin(String status) throws IOException {
        Path script = folder.resolve("plugin");
        Files.writeString(
                script,
                """
                #!/bin/sh
                printf '%%s' "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/question"
                cat <<END
                {"apiVersion":"%s","kind":"ExecCredential","status":%s}
                END
                """
                        .formatted(V1, status));
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }
}
