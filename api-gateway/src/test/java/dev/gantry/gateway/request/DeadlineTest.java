package dev.gantry.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.request.Query;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {
    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "1m30s, PT60S",
        "100ms, PT0.1S",
        "0s, PT60S",
        "1.5s, PT1.5S",
        "2h, PT60S"
    })
    void boundsTimeouts(String text, Duration expected) {
        assertThat(Deadline.of(Query.parse("timeout=" + text))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"'', PT0S, PT15S", "timeout=10s, PT2S, PT2S", "timeout=1s, PT3S, PT0S"})
    void letsARequestWaitForAQuarterOfWhatItHasLeft(String query, Duration taken, Duration wait) {
        assertThat(Deadline.longestWait(Query.parse(query), taken)).isEqualTo(wait);
    }

    @Test
    void refusesTimeoutsThatAreNone() {
        assertThat(Deadline.of(Query.parse("timeout=soon"))).isEmpty();
        assertThat(Deadline.of(Query.parse("timeout=5"))).isEmpty();
        assertThat(Deadline.of(Query.EMPTY)).contains(Duration.ofSeconds(60));
    }
}
