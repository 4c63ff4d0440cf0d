package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.process.ProcessState;
import org.junit.jupiter.api.Test;

final class StartProgressTest {
    @Test
    void whatIsKilledAgainAndAgainMayLackMemory() {
        assertThat(StartProgress.memoryTrouble(ended("killed by signal 9 at noon")))
                .contains("kafka", "memory");
        assertThat(StartProgress.memoryTrouble(ended("killed by signal 6 at noon"))).isEmpty();
        assertThat(StartProgress.memoryTrouble(ended("exit code 1 at noon"))).isEmpty();
    }

    private static ProcessState ended(String how) {
        return new ProcessState("kafka", 0, "waiting", 3, how, "/logs/kafka.log");
    }
}
