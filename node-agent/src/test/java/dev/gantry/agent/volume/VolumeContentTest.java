package dev.gantry.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VolumeContentTest {
    @Test
    void showsAllKeysWithTheDefaultMode() {
        var outcome =
                content(
                        "{\"name\": \"v\", \"configMap\": {\"name\": \"cm\", \"defaultMode\": 288}}");
        assertThat(outcome.files()).containsOnlyKeys("a", "b", "bin");
        assertThat(outcome.files().get("a")).isEqualTo(new VolumeFile("1".getBytes(UTF_8), 288));
        assertThat(outcome.files().get("bin").content()).containsExactly(0, 1);
    }

    @Test
    void showsOnlyTheItemsAtTheirPaths() {
        var outcome =
                content(
                        "{\"name\": \"v\", \"secret\": {\"secretName\": \"s\", \"items\": [{\"key\": \"k\", \"path\": \"deep/er\", \"mode\": 256}]}}");
        assertThat(outcome.files()).containsOnlyKeys("deep/er");
        assertThat(outcome.files().get("deep/er"))
                .isEqualTo(new VolumeFile("secret".getBytes(UTF_8), 256));
    }

    @Test
    void saysWhatIsMissingUnlessItIsOptional() {
        assertThat(content("{\"name\": \"v\", \"configMap\": {\"name\": \"no\"}}").problem())
                .contains("configmap \"no\" not found");
        assertThat(
                        content(
                                        "{\"name\": \"v\", \"configMap\": {\"name\": \"no\", \"optional\": true}}")
                                .problem())
                .isEmpty();
        assertThat(
                        content(
                                        "{\"name\": \"v\", \"configMap\": {\"name\": \"cm\", \"items\": [{\"key\": \"no\", \"path\": \"p\"}]}}")
                                .problem())
                .contains("references non-existent config key: no");
    }

    @Test
    void joinsTheSourcesOfAProjectedVolume() {
        String volume =
                """
                {"name": "v", "projected": {"sources": [
                  {"serviceAccountToken": {"path": "token", "expirationSeconds": 600}},
                  {"configMap": {"name": "cm", "items": [{"key": "a", "path": "x"}]}},
                  {"downwardAPI": {"items": [{"path": "labels", "fieldRef": {"fieldPath": "metadata.labels"}}, {"path": "cpu", "resourceFieldRef": {"containerName": "main", "resource": "requests.cpu", "divisor": "1m"}}]}}]}}
                """;
        var outcome = content(volume);
        assertThat(outcome.problem()).isEmpty();
        assertThat(outcome.files()).containsOnlyKeys("token", "x", "labels", "cpu");
        assertThat(text(outcome, "labels")).isEqualTo("a=\"1\"\nb=\"say \\\"hi\\\"\"");
        assertThat(text(outcome, "cpu")).isEqualTo("250");
        var spec = new VolumeSpec(JsonMapper.shared().readTree(volume));
        assertThat(spec.tokens()).containsExactly(new TokenProjection("", Duration.ofSeconds(600)));
        assertThat(spec.references("default")).extracting(ObjectKey::name).containsExactly("cm");
    }

    @Test
    void ownsATokenOnlyWhereAllContainersRunAsTheSameUser() {
        assertThat(token("{\"runAsUser\": 7}", "{}, {}")).isEqualTo(tokenOf(0600, 7));
        assertThat(token("{}", "{\"runAsUser\": 7}, {\"runAsUser\": 7}"))
                .isEqualTo(tokenOf(0600, 7));
        assertThat(token("{\"runAsUser\": 7}", "{\"runAsUser\": 8}, {}")).isEqualTo(tokenOf(0644));
        assertThat(token("{}", "{\"runAsUser\": 7}, {}")).isEqualTo(tokenOf(0644));
        assertThat(token("{\"fsGroup\": 7}", "{}, {}")).isEqualTo(tokenOf(0600));
    }

    private static VolumeFile tokenOf(int mode, long... owner) {
        return new VolumeFile("t0k3n".getBytes(UTF_8), mode, Arrays.stream(owner).findFirst());
    }

    /**
     * @param containers the security contexts of two
     */
    private static VolumeFile token(String security, String containers) {
        String[] each = containers.split(", ");
        String spec =
                """
                {"metadata": {"name": "web", "namespace": "default"},
                 "spec": {"securityContext": %s, "initContainers": [{"name": "init", "securityContext": %s}],
                          "containers": [{"name": "main", "securityContext": %s}]}}
                """
                        .formatted(security, each[0], each[1]);
        String volume =
                """
                {"name": "v", "projected": {"sources": [{"serviceAccountToken": {"path": "token", "expirationSeconds": 600}}]}}
                """;
        VolumeFile found = content(spec, volume).files().get("token");
        return Objects.requireNonNull(found);
    }

    private static String text(VolumeContent.Outcome outcome, String path) {
        return new String(outcome.files().get(path).content(), UTF_8);
    }

    private static VolumeContent.Outcome content(String volume) {
        return content(
                """
                {"metadata": {"name": "web", "namespace": "default", "labels": {"b": "say \\"hi\\"", "a": "1"}},
                 "spec": {"containers": [{"name": "main", "resources": {"requests": {"cpu": "250m"}}}]}}
                """,
                volume);
    }

    private static VolumeContent.Outcome content(String spec, String volume) {
        var config = new ObjectKey(Resources.CONFIG_MAPS, "default", "cm");
        var secret = new ObjectKey(Resources.SECRETS, "default", "s");
        var pod = new PodSpec(resource(spec));
        var node =
                new NodeFacts(
                        "n", List.of("10.0.0.1"), List.of(), "cluster.local", new TreeMap<>());
        return new VolumeContent(
                        pod,
                        node,
                        Map.of(
                                config,
                                resource(
                                        "{\"data\": {\"a\": \"1\", \"b\": \"2\"}, \"binaryData\": {\"bin\": \"AAE=\"}}"),
                                secret,
                                resource("{\"data\": {\"k\": \"c2VjcmV0\"}}")),
                        Map.of(new TokenProjection("", Duration.ofSeconds(600)), "t0k3n"))
                .of(new VolumeSpec(JsonMapper.shared().readTree(volume)));
    }

    private static Resource resource(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }
}
