package dev.gantry.monitoring.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeUsageTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void reckonsTheRateBetweenTwoSamples() {
        var usage = NodeUsage.first(sample(0, 0)).next(sample(10, 5_000_000_000L));
        assertThat(usage.milliCpu()).contains(500L);
    }

    @Test
    void hasNoRateAfterOneSampleOrARestart() {
        assertThat(NodeUsage.first(sample(0, 7)).milliCpu()).isEmpty();
        assertThat(NodeUsage.first(sample(0, 7)).next(sample(10, 3)).milliCpu()).isEmpty();
    }

    @Test
    void leavesOutASampleThatCameLate() {
        var usage = NodeUsage.first(sample(10, 7));
        assertThat(usage.next(sample(5, 3))).isEqualTo(usage);
    }

    private static Usage sample(int second, long cpuNanos) {
        return new Usage(
                "n", START.plusSeconds(second), new Consumption(cpuNanos, 0, 0, 0), List.of());
    }
}
