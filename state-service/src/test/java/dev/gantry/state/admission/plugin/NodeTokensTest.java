package dev.gantry.state.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class NodeTokensTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String BOUND =
            "boundObjectRef: {apiVersion: v1, kind: Pod, name: web, uid: u1}";

    private final Map<ObjectKey, Resource> stored = new TreeMap<>();
    private final NodeTokens tokens = new NodeTokens("n1", view());

    @BeforeEach
    void start() {
        store(
                Kinds.POD,
                """
                metadata: {name: web, namespace: shop, uid: u1}
                spec:
                  nodeName: n1
                  volumes:
                  - {name: token, projected: {sources: [{serviceAccountToken: {path: t}}]}}
                  - {name: vault, projected: {sources: [{serviceAccountToken: {path: t, audience: vault}}]}}
                  - {name: inline, csi: {driver: inline.example.com}}
                  - {name: claimed, persistentVolumeClaim: {claimName: claim}}
                  - {name: own, ephemeral: {volumeClaimTemplate: {}}}
                """);
        store(Kinds.CSI_DRIVER, driver("inline.example.com", "inline"));
        store(Kinds.CSI_DRIVER, driver("claimed.example.com", "claimed"));
        store(Kinds.CSI_DRIVER, driver("own.example.com", "own"));
        for (String each : List.of("claim claimed", "web-own own")) {
            String[] words = each.split(" ");
            store(
                    Kinds.PERSISTENT_VOLUME_CLAIM,
                    "{metadata: {name: %s, namespace: shop}, spec: {volumeName: pv-%s}}"
                            .formatted(words[0], words[1]));
            store(
                    Kinds.PERSISTENT_VOLUME,
                    "{metadata: {name: pv-%s}, spec: {csi: {driver: %s.example.com}}}"
                            .formatted(words[1], words[1]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[vault]", "[inline]", "[claimed]", "[own]"})
    void areForAudiencesOfThePod(String audiences) {
        assertThat(refusal("{%s, audiences: %s}".formatted(BOUND, audiences))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [bank]        | audience "bank" not found in pod spec volume
                    [vault, bank] | node may only request 0 or 1 audiences
                    """)
    void areForNoOthers(String audiences, String why) {
        assertThat(refusal("{%s, audiences: %s}".formatted(BOUND, audiences))).hasValue(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kind: Node, name: n1, uid: u1   | node requested token not bound to a pod
                    kind: Secret, name: s, uid: u1  | node requested token not bound to a pod
                    kind: Pod, uid: u1              | node requested token not bound to a pod
                    kind: Pod, name: web            | node requested token with a pod binding without a uid
                    kind: Pod, name: gone, uid: u1  | pod "gone" not found
                    """)
    void areBoundToAPodThatIsThere(String reference, String why) {
        String spec = "{boundObjectRef: {apiVersion: v1, %s}}".formatted(reference);
        assertThat(refusal(spec)).hasValue(why);
        assertThat(refusal("{}")).hasValue("node requested token not bound to a pod");
    }

    @Test
    void areNotForAFormerPodOfTheName() {
        assertThat(refusal("{%s}".formatted(BOUND.replace("u1", "u0"))))
                .hasValueSatisfying(why -> assertThat(why).contains("(u0) does not match the UID"));
    }

    @Test
    void areNotForPodsOfOtherNodes() {
        assertThat(new NodeTokens("n2", view()).refusal("shop", yaml("{%s}".formatted(BOUND))))
                .hasValue("node requested token bound to a pod scheduled on a different node");
    }

    private Optional<String> refusal(String spec) {
        return tokens.refusal("shop", yaml(spec));
    }

    private static String driver(String name, String audience) {
        return "{metadata: {name: %s}, spec: {tokenRequests: [{audience: %s}]}}"
                .formatted(name, audience);
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) YAML.readTree(text);
    }

    private void store(Kind kind, String text) {
        var object = new Resource(yaml(text));
        stored.put(new ObjectKey(kind.resource(), object.namespace(), object.name()), object);
    }

    private ClusterView view() {
        return new ClusterView() {
            @Override
            public Optional<Resource> get(ObjectKey key) {
                return Optional.ofNullable(stored.get(key));
            }

            @Override
            public List<Resource> list(GroupResource resource, String namespace) {
                return List.of();
            }
        };
    }
}
