package dev.gantry.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void lastsUntilItsTime() {
        assertThat(Wait.isOn(NOW.plusSeconds(1), NOW)).isTrue();
        assertThat(Wait.isOn(NOW, NOW)).isFalse();
    }

    @Test
    void doesNotLastAsLongAsTheClockWasSetBack() {
        assertThat(Wait.isOn(NOW.plusSeconds(10), NOW.minusSeconds(3600))).isFalse();
    }

    @Test
    void aContainerIsStartedAgainThoughItEndedInWhatIsNowTheFuture() {
        var longest = new CrashBackoff(Duration.ofSeconds(300), NOW.minusSeconds(1));
        assertThat(CrashBackoff.waitsUntil(longest, NOW, NOW)).hasValue(NOW.plusSeconds(300));
        assertThat(CrashBackoff.waitsUntil(longest, NOW, NOW.minusSeconds(3600))).isEmpty();
    }
}
