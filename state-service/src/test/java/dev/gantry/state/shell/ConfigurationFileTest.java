package dev.gantry.state.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    @TempDir Path folder;

    @Test
    void readsThePartOfAPluginFromAFileBesideIt() throws Exception {
        Path file = folder.resolve("admission.yaml");
        Files.writeString(
                file,
                """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AdmissionConfiguration
                plugins:
                - name: PodSecurity
                  path: pods.yaml
                """);
        Files.writeString(
                folder.resolve("pods.yaml"),
                """
                apiVersion: pod-security.admission.config.k8s.io/v1
                kind: PodSecurityConfiguration
                exemptions: {namespaces: [kube-system]}
                """);
        assertThat(ConfigurationFile.admission(file).podSecurity().namespaces())
                .containsExactly("kube-system");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path file = folder.resolve("admission.yaml");
        Files.writeString(file, "kind: {");
        assertThatThrownBy(() -> ConfigurationFile.admission(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }
}
