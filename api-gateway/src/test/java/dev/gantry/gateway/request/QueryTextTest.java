package dev.gantry.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {
    @Test
    void decodesNamesAndValues() {
        QueryText query = new QueryText("command=sh&command=-c&command=a%20b+c&container=x");
        assertThat(query.all("command")).containsExactly("sh", "-c", "a b c");
        assertThat(query.first("container")).isEqualTo("x");
        assertThat(query.first("tty")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "watch=true, true",
        "watch=1, true",
        "watch, true",
        "watch=false, false",
        "watch=0, false",
        "watchful=1, false"
    })
    void readsTruthAsApimachineryDoes(String raw, boolean isTrue) {
        assertThat(new QueryText(raw).says("watch")).isEqualTo(isTrue);
    }

    @Test
    void decodesWhatItEncoded() {
        String text = "a b/ö%=&+~";
        assertThat(QueryText.decodePath(QueryText.encode(text))).isEqualTo(text);
        assertThatThrownBy(() -> QueryText.decodePath("/a%2")).hasMessage("invalid URL escape");
    }

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
        assertThat(Deadline.of(new QueryText("timeout=" + text))).contains(expected);
    }

    @Test
    void refusesTimeoutsThatAreNone() {
        assertThat(Deadline.of(new QueryText("timeout=soon"))).isEmpty();
        assertThat(Deadline.of(new QueryText("timeout=5"))).isEmpty();
        assertThat(Deadline.of(new QueryText(""))).contains(Duration.ofSeconds(60));
    }
}
