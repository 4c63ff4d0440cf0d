package dev.gantry.agent.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RenewalTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 70", "0.5, 80", "1, 90"})
    void isDueInTheLastThirdButNotAtTheEnd(double chance, int hours) {
        assertThat(Renewal.due(FROM, FROM.plus(Duration.ofHours(100)), chance))
                .isEqualTo(FROM.plus(Duration.ofHours(hours)));
    }
}
