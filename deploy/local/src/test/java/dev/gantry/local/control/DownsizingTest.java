package dev.gantry.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownsizingTest {
    private static final Duration WALL = Duration.ofSeconds(15);

    private final Downsizing downsizing = new Downsizing();

    private boolean asked(int cpuSeconds) {
        return downsizing.isDue(Duration.ofSeconds(cpuSeconds), WALL);
    }

    @Test
    void waitsUntilTheBurstIsOver() {
        assertThat(asked(25)).isFalse();
        assertThat(asked(50)).isFalse();
        assertThat(asked(51)).isTrue();
    }

    @Test
    void collectsOnceForEachBurst() {
        asked(25);

        assertThat(asked(26)).isTrue();
        assertThat(asked(27)).isFalse();
        assertThat(asked(60)).isFalse();
        assertThat(asked(61)).isTrue();
    }

    @Test
    void littleWorkIsNotWorthACollection() {
        assertThat(asked(3)).isFalse();
        assertThat(asked(6)).isFalse();
    }

    @Test
    void whatIsDoneAtLeisureAddsUp() {
        for (int cpu = 1; cpu < 20; cpu++) {
            assertThat(asked(cpu)).isFalse();
        }
        assertThat(asked(20)).isTrue();
    }
}
