package dev.gantry.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeVersion;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class NodeTreeTest {
    private static final Machine MACHINE =
            new Machine("m", "s", "b", "6.1", "Debian", "amd64", 2, 1L << 30, 1L << 40);

    @Test
    void aStatusThatWasWrittenAndReadIsTrue() {
        assertThat(NodeTree.isTrue(status(2_000_000), read(status(2_000_000)))).isTrue();
        assertThat(NodeTree.isTrue(status(5L << 30), read(status(5L << 30)))).isTrue();
    }

    @Test
    void aStatusThatSaysSomethingElseOrNothingIsNot() {
        assertThat(NodeTree.isTrue(status(2_000_000), read(status(2_000_001)))).isFalse();
        assertThat(NodeTree.isTrue(status(2_000_000), JsonMapper.shared().createObjectNode()))
                .isFalse();
    }

    private static ObjectNode status(long imageBytes) {
        var identity =
                new NodeTree.Identity("n", new TreeMap<>(), List.of("192.0.2.1"), 10250, MACHINE);
        var image = new Image("i", List.of("i:1"), List.of(), imageBytes, null, "", false);
        var capacity = Capacity.of(MACHINE, Optional.empty(), Optional.empty());
        var runtime = new RuntimeVersion("containerd", "1");
        return NodeTree.status(identity, new NodeTree.Current(capacity, runtime, List.of(image)));
    }

    private static JsonNode read(ObjectNode written) {
        return JsonMapper.shared().readTree(written.toString());
    }
}
