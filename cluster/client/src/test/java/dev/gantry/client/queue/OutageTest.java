package dev.gantry.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Outage outage = new Outage();

    @Test
    void isWorthAWordWhenItBeginsAndWhenItIsOver() {
        assertThat(outage.over(NOW)).as("nothing was away").isEmpty();
        assertThat(outage.failed(NOW)).isTrue();
        assertThat(outage.failed(NOW.plusSeconds(1))).isFalse();
        assertThat(outage.failed(NOW.plusSeconds(3))).isFalse();
        assertThat(outage.over(NOW.plusSeconds(8))).contains("after 3 tries in 8 s");
        assertThat(outage.over(NOW.plusSeconds(9))).isEmpty();
    }

    @Test
    void theNextOneIsANewOne() {
        outage.failed(NOW);
        outage.over(NOW);
        assertThat(outage.failed(NOW.plusSeconds(60))).isTrue();
        assertThat(outage.over(NOW.plusSeconds(61))).contains("after 1 tries in 1 s");
    }
}
