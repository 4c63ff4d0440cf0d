package dev.gantry.monitoring.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HearingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void nobodyIsSilentBeforeWeHearOurselves() {
        assertThat(Hearing.NONE.silentAt(Optional.empty(), PATIENCE, at(1000))).isEmpty();
    }

    @Test
    void patienceBeginsWithOurOwnStart() {
        Hearing hearing = Hearing.NONE.echo(at(100));
        assertThat(hearing.silentAt(Optional.empty(), PATIENCE, at(101))).contains(at(110));
    }

    @Test
    void aNodeIsSilentAfterItsLastBeat() {
        Hearing hearing = echoes(0, 20);
        assertThat(hearing.silentAt(Optional.of(at(7)), PATIENCE, at(20))).contains(at(17));
    }

    @Test
    void nobodyIsSilentWhileWeAreDeaf() {
        Hearing hearing = echoes(0, 20);
        assertThat(hearing.silentAt(Optional.of(at(7)), PATIENCE, at(27))).isEmpty();
    }

    @Test
    void afterAGapEveryNodeHasTheWholePatienceAgain() {
        Hearing hearing = echoes(0, 20).echo(at(60));
        assertThat(hearing.silentAt(Optional.of(at(20)), PATIENCE, at(61))).contains(at(70));
    }

    private static Hearing echoes(int from, int to) {
        Hearing hearing = Hearing.NONE;
        for (int second = from; second <= to; second += 2) {
            hearing = hearing.echo(at(second));
        }
        return hearing;
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
