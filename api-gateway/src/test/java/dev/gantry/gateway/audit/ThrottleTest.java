package dev.gantry.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aBurstGoesAtOnceAndTheRestAtItsPace() {
        Throttle throttle = new Throttle(10, 2);

        assertThat(throttle.next(-5)).isZero();
        assertThat(throttle.next(-5)).isZero();
        assertThat(throttle.next(-5)).isEqualTo(Duration.ofMillis(100));
        assertThat(throttle.next(-5)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void whoWasSilentMaySendABurstAgainAndNoMore() {
        Throttle throttle = new Throttle(10, 2);
        throttle.next(0);
        throttle.next(0);

        assertThat(throttle.next(60 * SECOND)).isZero();
        assertThat(throttle.next(60 * SECOND)).isZero();
        assertThat(throttle.next(60 * SECOND)).isEqualTo(Duration.ofMillis(100));
    }
}
