package dev.gantry.client.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class EventCorrelatorTest {
    private final EventCorrelator correlator = new EventCorrelator();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void writesANewOccurrenceAsAnEvent() {
        var event = ((EventWrite.Create) tell("Created pod: a").orElseThrow()).event();

        assertThat(event.name()).startsWith("web.");
        assertThat(event.namespace()).isEqualTo("default");
        assertThat(event.tree().path("count").asInt()).isEqualTo(1);
        assertThat(event.tree().path("involvedObject").path("uid").asString()).isEqualTo("u");
    }

    @Test
    void countsTheSameOccurrenceAgain() {
        tell("x");
        tell("x");
        var third = (EventWrite.Repeat) tell("x").orElseThrow();

        assertThat(third.patch().path("count").asInt()).isEqualTo(3);
        assertThat(third.whole().tree().path("message").asString()).isEqualTo("x");
    }

    @Test
    void combinesManySimilarOnes() {
        for (int i = 0; i < 10; i++) {
            assertThat(tell("pod " + i)).get().isInstanceOf(EventWrite.Create.class);
        }
        var combined = ((EventWrite.Create) tell("pod 10").orElseThrow()).event();
        assertThat(combined.tree().path("message").asString())
                .isEqualTo("(combined from similar events): pod 10");
        assertThat(combined.tree().path("source").path("component").asString())
                .isEqualTo("replicaset-controller");
        assertThat(combined.tree().propertyNames())
                .doesNotContain("reportingComponent", "reportingInstance");
        assertThat(tell("pod 11")).get().isInstanceOf(EventWrite.Repeat.class);
    }

    @Test
    void cutsOffAFloodAndComesBackSlowly() {
        for (int i = 0; i < 25; i++) {
            assertThat(tell("x")).isPresent();
        }
        assertThat(tell("x")).isEmpty();
        now = now.plusSeconds(301);
        assertThat(tell("x")).isPresent();
        assertThat(tell("x")).isEmpty();
    }

    private Optional<EventWrite> tell(String message) {
        String json =
                """
                {"apiVersion":"apps/v1","kind":"ReplicaSet",
                 "metadata":{"name":"web","namespace":"default","uid":"u","resourceVersion":"3"}}
                """;
        var about = new Resource((ObjectNode) JsonMapper.shared().readTree(json));
        return correlator.correlate(
                new Occurrence(about, "replicaset-controller", "", false, "Test", message), now);
    }
}
