package dev.gantry.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryGaugeTest {
    @Test
    void readsTheNumberAsPrometheusWritesIt() {
        assertThat(
                        MemoryGauge.megabytes(
                                """
                                # TYPE process_resident_memory_bytes gauge
                                process_resident_memory_bytes 3.05e+08
                                process_resident_memory_bytes_max 1
                                """))
                .isEqualTo(305);
    }

    @Test
    void isNoNumberWhereTheServerDoesNotSay() {
        assertThat(MemoryGauge.megabytes("up 1\n")).isNaN();
    }
}
