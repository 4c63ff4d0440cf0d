package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.RuntimeVersion;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class NodeTreeTest {
    private static final Machine MACHINE =
            new Machine("id", "uuid", "boot", "6.18", "Debian", "amd64", 2, 4L << 30, 1L << 40);
    private static final NodeTree.Identity IDENTITY =
            new NodeTree.Identity("n1", new TreeMap<>(), List.of("192.0.2.1"), 10250, MACHINE);
    private static final Image IMAGE =
            new Image("i", List.of("i:1"), List.of(), 2_000_000, null, "", false);
    private static final RuntimeFeatures ABLE =
            new RuntimeFeatures(
                    new TreeMap<>(
                            Map.of(
                                    "runc", new HandlerFeatures(true, true),
                                    "", new HandlerFeatures(true, false))),
                    Optional.of(true));

    @Test
    void tellsWhatTheRuntimeCan() {
        JsonNode status = patch(empty(), ABLE).orElseThrow().path("status");
        assertThat(status.path("runtimeHandlers"))
                .isEqualTo(
                        json(
                                """
                                [{"name":"","features":{"recursiveReadOnlyMounts":true,"userNamespaces":false}},
                                 {"name":"runc","features":{"recursiveReadOnlyMounts":true,"userNamespaces":true}}]"""));
        assertThat(status.path("features")).isEqualTo(json("{\"supplementalGroupsPolicy\":true}"));
        assertThat(status.path("declaredFeatures"))
                .isEqualTo(
                        json(
                                "[\"ExtendWebSocketsToKubelet\",\"GuaranteedQoSPodCPUResize\",\"InPlacePodLevelResourcesVerticalScaling\",\"InPlacePodVerticalScalingInitContainers\",\"RestartAllContainersOnContainerExits\"]"));
    }

    @Test
    void tellsNothingOfWhatTheRuntimeIsSilentAbout() {
        JsonNode status = patch(empty(), RuntimeFeatures.NONE).orElseThrow().path("status");
        assertThat(status.has("runtimeHandlers")).isFalse();
        assertThat(status.has("features")).isFalse();
    }

    @Test
    void takesBackWhatTheRuntimeNoLongerSays() {
        Resource told = stored(patch(empty(), ABLE).orElseThrow());
        JsonNode status = patch(told, RuntimeFeatures.NONE).orElseThrow().path("status");
        assertThat(status.path("runtimeHandlers").isNull()).isTrue();
        assertThat(status.path("features").isNull()).isTrue();
    }

    @Test
    void saysNothingTwice() {
        assertThat(patch(stored(patch(empty(), ABLE).orElseThrow()), ABLE)).isEmpty();
        Resource silent = stored(patch(empty(), RuntimeFeatures.NONE).orElseThrow());
        assertThat(patch(silent, RuntimeFeatures.NONE)).isEmpty();
    }

    private static Optional<ObjectNode> patch(Resource stored, RuntimeFeatures features) {
        var current =
                new NodeTree.Current(
                        Capacity.of(MACHINE, Optional.empty(), Optional.empty()),
                        new RuntimeVersion("containerd", "2.1.0"),
                        features,
                        List.of(IMAGE));
        return NodeTree.statusPatch(stored, IDENTITY, current);
    }

    private static Resource empty() {
        return stored(JsonMapper.shared().createObjectNode());
    }

    /** The node, as it is read, after such a patch of one that had no status. */
    private static Resource stored(ObjectNode patch) {
        var tree = (ObjectNode) json(patch.toString());
        tree.putObject("metadata").put("name", "n1");
        return new Resource(tree);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
