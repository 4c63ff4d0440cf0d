package dev.gantry.client.shell.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SteadyTimeTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void goesOnWithAStopwatchThatMayBeginAnywhereAndOverflow() {
        var stopwatch = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
        var time = new SteadyTime(NOON, stopwatch::get);
        assertThat(time.now()).isEqualTo(NOON);

        stopwatch.addAndGet(3_000_000_000L);

        assertThat(time.now()).isEqualTo(NOON.plusSeconds(3));
    }
}
