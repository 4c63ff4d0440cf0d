package dev.gantry.client.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricTextTest {
    @Test
    void printsNumbersAsGoDoes() {
        assertThat(List.of(0.0, 1.0, 60.0, 0.005, 2.5, 100_000.0, 90.03))
                .extracting(MetricText::number)
                .containsExactly("0", "1", "60", "0.005", "2.5", "100000", "90.03");
        assertThat(List.of(1e-6, 9.999999999999999e-6, 0.0001, 1e6, 2_592_000.0))
                .extracting(MetricText::number)
                .containsExactly("1e-06", "9.999999999999999e-06", "0.0001", "1e+06", "2.592e+06");
        assertThat(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, -0.5))
                .extracting(MetricText::number)
                .containsExactly("+Inf", "-Inf", "NaN", "-0.5");
    }

    @Test
    void escapesTheValuesOfLabels() {
        assertThat(MetricText.labels(List.of("a", "b"), List.of("x\"y", "back\\slash\nline")))
                .isEqualTo("a=\"x\\\"y\",b=\"back\\\\slash\\nline\"");
    }

    @Test
    void writesAFamilyWithItsSamples() {
        var text = new StringBuilder();
        MetricText.head(text, "up", "gauge", "Whether it is.");
        MetricText.sample(text, "up", "", 1);
        MetricText.sample(text, "up", "job=\"a\"", 0.5);
        MetricText.sample(text, "up", "job=\"b\"", "2.50", Instant.ofEpochMilli(1_500));

        assertThat(text)
                .hasToString(
                        """
                        # HELP up Whether it is.
                        # TYPE up gauge
                        up 1
                        up{job="a"} 0.5
                        up{job="b"} 2.50 1500
                        """);
    }
}
