package dev.gantry.state.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.codec.json.Scalars.Reading;
import org.junit.jupiter.api.Test;

class ScalarsTest {
    @Test
    void readsTimesWithSixDigitsBehindTheSeconds() {
        assertThat(Scalars.microTime("2026-01-01T02:00:00.123456+01:00"))
                .isEqualTo(new Reading.Canonical("2026-01-01T01:00:00.123456Z"));
        assertThat(whyNot("2026-01-01T00:00:00Z")).endsWith("cannot parse \"Z\" as \".000000\"");
        assertThat(whyNot("2026-01-01T00:00:00.1Z"))
                .endsWith("cannot parse \".1Z\" as \".000000\"");
        assertThat(whyNot("2026-01-01T00:00:00.123456789Z"))
                .endsWith("cannot parse \"789Z\" as \"Z07:00\"");
        assertThat(whyNot("x")).endsWith("cannot parse \"x\" as \"2006\"");
    }

    private static String whyNot(String text) {
        assertThat(Scalars.microTime(text)).isInstanceOf(Reading.Wrong.class);
        String why = ((Reading.Wrong) Scalars.microTime(text)).why();
        assertThat(why)
                .startsWith(
                        "parsing time \"" + text + "\" as \"2006-01-02T15:04:05.000000Z07:00\"");
        return why;
    }
}
