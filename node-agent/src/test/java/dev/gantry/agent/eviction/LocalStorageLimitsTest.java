package dev.gantry.agent.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.eviction.LocalStorageLimits.Use;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LocalStorageLimitsTest {
    private static final long MEBI = 1L << 20;

    private static final PodSpec LIMITED =
            pod(
                    """
                    {"volumes": [{"name": "cache", "emptyDir": {"sizeLimit": "10Mi"}}, {"name": "work", "emptyDir": {}}],
                     "containers": [{"name": "a", "resources": {"limits": {"ephemeral-storage": "20Mi"}}},
                                    {"name": "b", "resources": {"limits": {"ephemeral-storage": "30Mi"}}}]}
                    """);

    @Test
    void leavesAPodThatKeepsWithinItsLimits() {
        assertThat(LocalStorageLimits.excess(LIMITED, use(10, 10, 20, 10))).isEmpty();
    }

    @Test
    void saysWhichVolumeGrewTooLarge() {
        assertThat(LocalStorageLimits.excess(LIMITED, use(11, 0, 0, 0)))
                .hasValue("Usage of EmptyDir volume \"cache\" exceeds the limit \"10Mi\". ");
    }

    @Test
    void countsAllThatAPodHasAgainstWhatItsContainersMayHave() {
        assertThat(LocalStorageLimits.excess(LIMITED, use(10, 11, 15, 15)))
                .hasValue(
                        "Pod ephemeral local storage usage exceeds the total limit of containers 50Mi. ");
    }

    @Test
    void saysWhichContainerWroteTooMuch() {
        assertThat(LocalStorageLimits.excess(LIMITED, use(0, 0, 21, 0)))
                .hasValue("Container a exceeded its local ephemeral storage limit \"20Mi\". ");
    }

    @Test
    void looksOnlyAtPodsThatAreLimitedOnTheDisk() {
        assertThat(LocalStorageLimits.isLimited(LIMITED)).isTrue();
        assertThat(LocalStorageLimits.isLimited(pod("{\"containers\": [{\"name\": \"a\"}]}")))
                .isFalse();
        PodSpec inMemory =
                pod(
                        """
                        {"volumes": [{"name": "m", "emptyDir": {"medium": "Memory", "sizeLimit": "1Mi"}}],
                         "containers": [{"name": "a"}]}
                        """);
        assertThat(LocalStorageLimits.isLimited(inMemory)).isFalse();
    }

    private static Use use(long cache, long work, long a, long b) {
        return new Use(
                Map.of("cache", cache * MEBI, "work", work * MEBI),
                Map.of("a", a * MEBI, "b", b * MEBI));
    }

    private static PodSpec pod(String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.set("spec", JsonMapper.shared().readTree(spec));
        return new PodSpec(new Resource(tree));
    }
}
