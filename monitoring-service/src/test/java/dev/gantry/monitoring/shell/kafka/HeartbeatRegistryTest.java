package dev.gantry.monitoring.shell.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class HeartbeatRegistryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectKey NODE = new ObjectKey(Resources.NODES, "", "a");

    private final HeartbeatRegistry heartbeats =
            new HeartbeatRegistry(Duration.ofSeconds(10), List::of);

    @Test
    void onlyWhatSaysSomethingElseOrEndsASilenceIsNews() {
        assertThat(heartbeats.beat(beat("a", 1), NOW)).isTrue();
        assertThat(heartbeats.beat(beat("a", 2), NOW.plusSeconds(2))).isFalse();
        assertThat(heartbeats.beat(beat("a", 3), NOW.plusSeconds(13))).isTrue();
    }

    @Test
    void aNodeThatGetsTheNameOfADeletedOneHasNotBeenHeard() {
        heartbeats.beat(beat("a", 1), NOW);
        heartbeats.beat(beat("b", 1), NOW);
        heartbeats.onObject(NODE, Optional.of(node()), Optional.of(node()));
        assertThat(heartbeats.of("a")).isPresent();

        heartbeats.onObject(NODE, Optional.of(node()), Optional.empty());

        assertThat(heartbeats.of("a")).isEmpty();
        assertThat(heartbeats.of("b")).isPresent();
        assertThat(heartbeats.beat(beat("a", 2), NOW)).as("news").isTrue();
    }

    private static Resource node() {
        return new Resource(JsonNodeFactory.instance.objectNode());
    }

    private static Heartbeat beat(String node, long sequence) {
        var nodes = JsonNodeFactory.instance;
        return new Heartbeat(
                node, sequence, NOW, nodes.arrayNode(), nodes.objectNode(), nodes.objectNode());
    }
}
