package dev.gantry.gateway.shell.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MetricsTest {
    @Test
    void tellHowMuchMemoryTheProcessHas() {
        String text = new Metrics(() -> 0).text();

        assertThat(text).containsPattern("\nprocess_resident_memory_bytes [1-9][0-9]{6,}\n");
    }

    @Test
    void countMemoryInBytes() {
        assertThat(ResidentMemory.bytes("VmRSS:\t  2048 kB")).isEqualTo(2 << 20);
    }
}
