package dev.gantry.monitoring.heartbeat;

import static dev.gantry.monitoring.heartbeat.Echoes.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EchoCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void nobodyIsSilentBeforeWeHearOurselves() {
        assertThat(EchoCheck.NONE.silentAt(Optional.empty(), PATIENCE, at(1000))).isEmpty();
    }

    @Test
    void patienceBeginsWithOurOwnStart() {
        EchoCheck echoCheck = EchoCheck.NONE.echo(at(100));
        assertThat(echoCheck.silentAt(Optional.empty(), PATIENCE, at(101))).contains(at(110));
    }

    @Test
    void aNodeIsSilentAfterItsLastBeat() {
        EchoCheck echoCheck = Echoes.between(0, 20);
        assertThat(echoCheck.silentAt(Optional.of(at(7)), PATIENCE, at(20))).contains(at(17));
    }

    @Test
    void nobodyIsSilentWhileWeAreDeaf() {
        EchoCheck echoCheck = Echoes.between(0, 20);
        assertThat(echoCheck.silentAt(Optional.of(at(7)), PATIENCE, at(27))).isEmpty();
    }

    @Test
    void afterAGapEveryNodeHasTheWholePatienceAgain() {
        EchoCheck echoCheck = Echoes.between(0, 20).echo(at(60));
        assertThat(echoCheck.silentAt(Optional.of(at(20)), PATIENCE, at(61))).contains(at(70));
    }
}
