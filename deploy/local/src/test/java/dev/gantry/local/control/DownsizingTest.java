package dev.gantry.local.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownsizingTest {
    private static final Duration WALL = Duration.ofSeconds(15);

    private static final long MIB = 1 << 20;

    private final Downsizing downsizing = new Downsizing(128 * MIB);
    private long heap = 512 * MIB;

    private boolean asked(int cpuSeconds) {
        return downsizing.isDue(heap, Duration.ofSeconds(cpuSeconds), WALL);
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
    void aHeapThatHasNotGrownHasNothingToGiveBack() {
        heap = 160 * MIB;
        assertThat(asked(25)).isFalse();
        assertThat(asked(26)).isFalse();

        heap = 192 * MIB;
        assertThat(asked(27)).isTrue();
    }

    @Test
    void aFewClientsThatAskAllTheTimeAreNotKeptWaiting() {
        asked(25);

        assertThat(asked(28)).isFalse();
        assertThat(asked(30)).isTrue();
    }

    @Test
    void whatIsDoneAtLeisureAddsUp() {
        for (int cpu = 1; cpu < 20; cpu++) {
            assertThat(asked(cpu)).isFalse();
        }
        assertThat(asked(20)).isTrue();
    }
}
