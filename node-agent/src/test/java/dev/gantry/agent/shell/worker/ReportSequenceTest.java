package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportSequenceTest {
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

    @TempDir private Path folder;
    private Path file;
    private Instant now = START;

    @BeforeEach
    void begin() {
        file = folder.resolve("agent").resolve("report-sequence");
    }

    @Test
    void isTheClocksAndGrowsWithoutIt() {
        ReportSequence sequence = agentBegins();
        assertThat(sequence.next()).isEqualTo(micros(START));
        assertThat(sequence.next()).isEqualTo(micros(START) + 1);
        now = START.plusSeconds(5);
        assertThat(sequence.next()).isEqualTo(micros(now));
    }

    @Test
    void growsWhereTheClockIsSetBackBeforeTheAgentBeginsAnew() {
        ReportSequence sequence = agentBegins();
        long last = 0;
        for (int each = 0; each < 100; each++) {
            now = now.plusMillis(137);
            last = sequence.next();
        }
        now = now.minus(Duration.ofMinutes(9));
        assertThat(agentBegins().next()).isGreaterThan(last);
    }

    @Test
    void followsTheClockAgainAfterItWasFarAhead() {
        now = START.plus(Duration.ofDays(400));
        agentBegins().next();
        now = START;
        assertThat(agentBegins().next()).isEqualTo(micros(START));
        now = START.minusSeconds(60);
        assertThat(agentBegins().next())
                .as("what was on disk for the wrong time is no more")
                .isBetween(micros(START), micros(START.plusSeconds(2)));
    }

    @Test
    void staysByTheClockHoweverOftenTheAgentBegins() {
        long last = 0;
        for (int each = 0; each < 500; each++) {
            now = now.plusSeconds(2);
            long next = agentBegins().next();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        assertThat(last).isBetween(micros(now), micros(now.plusSeconds(2)));
    }

    @Test
    void goesByTheClockWhereTheDiskSaysNothing() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nonsense");
        assertThat(agentBegins().next()).isEqualTo(micros(START));
    }

    private ReportSequence agentBegins() {
        return new ReportSequence(file, () -> now);
    }

    private static long micros(Instant when) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, when);
    }
}
