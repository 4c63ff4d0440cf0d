package dev.gantry.client.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final Backoff backoff = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(30));

    @Test
    void doublesFromTheBaseUpToTheCap() {
        assertThat(backoff.delay(1)).isEqualTo(Duration.ofMillis(20));
        assertThat(backoff.delay(2)).isEqualTo(Duration.ofMillis(40));
        assertThat(backoff.delay(11)).isEqualTo(Duration.ofMillis(20_480));
        assertThat(backoff.delay(12)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void staysAtTheCapHoweverManyFailuresThereWere() {
        assertThat(backoff.delay(64)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void countsFromNow() {
        assertThat(backoff.next(2, NOON)).isEqualTo(NOON.plusMillis(40));
    }
}
