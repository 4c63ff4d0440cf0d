package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodResize;
import dev.gantry.client.queue.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class WorkerMemoryTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final Instant DEADLINE = NOW.plusSeconds(30);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    private final WorkerMemory memory =
            new WorkerMemory(NOW, PodResize.of(JsonNodeFactory.instance.arrayNode()));

    @Test
    void anEndThatIsUnderWayIsBegunAgainOnlyWithAnEarlierDeadline() {
        assertThat(memory.beginStop("c", DEADLINE, NOW)).isTrue();
        assertThat(memory.beginStop("c", DEADLINE, NOW)).isFalse();
        assertThat(memory.beginStop("c", DEADLINE.minusSeconds(1), NOW)).isTrue();
        memory.endStop("c");
        assertThat(memory.beginStop("c", DEADLINE, NOW)).isTrue();
    }

    @Test
    void anEndThatFailedIsTriedAgainLaterAndLater() {
        memory.beginStop("c", DEADLINE, NOW);
        memory.stopFailed("c", DEADLINE, BACKOFF, NOW);
        assertThat(memory.nextStop(NOW)).contains(NOW.plusSeconds(1));
        assertThat(memory.beginStop("c", DEADLINE.plusSeconds(9), NOW)).isFalse();
        assertThat(memory.beginStop("d", DEADLINE, NOW)).as("another one").isTrue();

        Instant second = NOW.plusSeconds(1);
        assertThat(memory.beginStop("c", DEADLINE, second)).isTrue();
        memory.stopFailed("c", DEADLINE, BACKOFF, second);
        assertThat(memory.nextStop(second)).contains(second.plusSeconds(2));
        assertThat(memory.beginStop("c", DEADLINE.minusSeconds(9), second))
                .as("a shorter grace was asked for")
                .isTrue();
    }

    @Test
    void nobodyIsWokenForAnEndThatIsOver() {
        memory.beginStop("c", DEADLINE, NOW);
        memory.stopFailed("c", DEADLINE, BACKOFF, NOW);
        assertThat(memory.nextStop(NOW.plusSeconds(1))).as("it is time").isEmpty();
        memory.removed("c");
        assertThat(memory.nextStop(NOW)).isEmpty();
    }
}
