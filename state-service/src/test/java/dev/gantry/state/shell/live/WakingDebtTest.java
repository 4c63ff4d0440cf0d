package dev.gantry.state.shell.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WakingDebtTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    /** Times may be negative, and pass zero. */
    private long now = -5 * MILLI;

    private final WakingDebt debt = new WakingDebt(Duration.ofMillis(10), now);

    @Test
    void afterSilenceSomeTimeOfWakingNeedsNoRest() {
        for (int i = 0; i < 10; i++) {
            assertThat(wake(1)).isZero();
        }
        assertThat(wake(1)).isEqualTo(MILLI);
    }

    @Test
    void whoWakesWithoutPauseRestsHalfOfTheTime() {
        wake(10);
        for (int i = 0; i < 100; i++) {
            long rest = wake(2);
            assertThat(rest).isEqualTo(2 * MILLI);
            now += rest;
        }
    }

    @Test
    void whoWakesALittleNowAndThenNeverRests() {
        for (int i = 0; i < 100; i++) {
            assertThat(wake(4)).isZero();
            now += 6 * MILLI;
        }
    }

    @Test
    void restThatWasNotNeededIsNotSaved() {
        now += 1000 * MILLI;
        assertThat(wake(10)).isZero();
        assertThat(wake(1)).isEqualTo(MILLI);
    }

    private long wake(int millis) {
        long begin = now;
        now += millis * MILLI;
        return debt.restAfter(begin, now);
    }
}
