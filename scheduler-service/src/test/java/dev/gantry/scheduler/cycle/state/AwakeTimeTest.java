package dev.gantry.scheduler.cycle.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AwakeTimeTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final AwakeTime awake = new AwakeTime();

    @Test
    void ofALongWhileWithoutALookOneSecondCounts() {
        awake.look(START);
        Instant before = awake.now();

        awake.look(START.plusMillis(400));
        assertThat(awake.now()).isEqualTo(before.plusMillis(400));
        awake.look(START.plusSeconds(601));
        assertThat(awake.now()).isEqualTo(before.plusMillis(1400));
        assertThat(awake.until(before.plusSeconds(2))).isEqualTo(Duration.ofMillis(600));
    }
}
