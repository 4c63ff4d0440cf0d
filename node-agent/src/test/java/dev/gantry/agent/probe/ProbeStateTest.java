package dev.gantry.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.probe.ProbeState.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProbeStateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final ProbeOutcome GOOD = new ProbeOutcome(true, "");
    private static final ProbeOutcome BAD = new ProbeOutcome(false, "no");

    @Test
    void hasTheDefaultsOfTheApi() {
        ProbeSettings settings = settings("{}");
        assertThat(settings.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.failureThreshold()).isEqualTo(3);
        assertThat(settings.successThreshold()).isEqualTo(1);
        assertThat(settings.grace()).isEmpty();
    }

    @Test
    void waitsForTheInitialDelay() {
        ProbeState state = start(ProbeKind.READINESS, "{\"initialDelaySeconds\": 7}");
        assertThat(state.nextAt()).isEqualTo(NOW.plusSeconds(7));
        assertThat(state.verdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void livesUntilItFailedOftenEnoughInARow() {
        ProbeSettings settings = settings("{\"failureThreshold\": 2}");
        ProbeState state = ProbeState.start(ProbeKind.LIVENESS, settings, NOW);
        state =
                state.after(BAD, settings, NOW)
                        .after(GOOD, settings, NOW)
                        .after(BAD, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.GOOD);
        state = state.after(BAD, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.BAD);
        assertThat(state.isHeld()).isTrue();
    }

    @Test
    void becomesReadyAndUnreadyByItsThresholds() {
        ProbeSettings settings =
                settings(
                        "{\"successThreshold\": 2, \"failureThreshold\": 1, \"periodSeconds\": 3}");
        ProbeState state = ProbeState.start(ProbeKind.READINESS, settings, NOW);
        state = state.after(GOOD, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.BAD);
        assertThat(state.nextAt()).isEqualTo(NOW.plusSeconds(3));
        state = state.after(GOOD, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.GOOD);
        state = state.after(BAD, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.BAD);
        assertThat(state.isHeld()).isFalse();
    }

    @Test
    void startsUnknownAndEndsWithOneWord() {
        ProbeSettings settings = settings("{\"failureThreshold\": 1}");
        ProbeState state = ProbeState.start(ProbeKind.STARTUP, settings, NOW);
        assertThat(state.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(state.after(GOOD, settings, NOW).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(state.after(BAD, settings, NOW).isHeld()).isTrue();
    }

    private static ProbeState start(ProbeKind kind, String probe) {
        return ProbeState.start(kind, settings(probe), NOW);
    }

    private static ProbeSettings settings(String probe) {
        return ProbeSettings.of(JsonMapper.shared().readTree(probe));
    }
}
