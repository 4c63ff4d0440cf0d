package dev.gantry.client.shell.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CountersTest {
    @Test
    void tellsEachSeriesInOrderAndForgetsWhatIsRemoved() {
        var counters = new Counters("probes_total", "Probes.", "pod", "result");
        counters.add("b", "good");
        counters.add("a", "bad");
        counters.add("b", "good");
        assertThat(text(counters))
                .isEqualTo(
                        """
                        # HELP probes_total Probes.
                        # TYPE probes_total counter
                        probes_total{pod="a",result="bad"} 1
                        probes_total{pod="b",result="good"} 2
                        """);

        counters.removeIf(values -> values.getFirst().equals("b"));
        assertThat(text(counters)).contains("pod=\"a\"").doesNotContain("pod=\"b\"");
    }

    @Test
    void countsInClassesUpToTheirBounds() {
        var durations = new Histograms("took_seconds", "Time.", new double[] {0.1, 1}, "verb");
        durations.of("GET").add(Duration.ofMillis(100));
        durations.of("GET").addNanos(500_000_000);
        durations.of("GET").add(7.0);
        var text = new StringBuilder();
        durations.append(text);

        assertThat(text)
                .hasToString(
                        """
                        # HELP took_seconds Time.
                        # TYPE took_seconds histogram
                        took_seconds_bucket{verb="GET",le="0.1"} 1
                        took_seconds_bucket{verb="GET",le="1"} 2
                        took_seconds_bucket{verb="GET",le="+Inf"} 3
                        took_seconds_sum{verb="GET"} 7.6
                        took_seconds_count{verb="GET"} 3
                        """);
    }

    @Test
    void boundsGrowByAFactor() {
        assertThat(Histogram.exponential(0.001, 2, 4)).containsExactly(0.001, 0.002, 0.004, 0.008);
    }

    @Test
    void leavesOutWhatCannotBeTold() {
        var page =
                new MetricsPage(
                        List.of(
                                text -> text.append("first\n"),
                                text -> {
                                    text.append("half");
                                    throw new IllegalStateException("away");
                                },
                                text -> text.append("last\n")));

        assertThat(page.text()).isEqualTo("first\nlast\n");
    }

    @Test
    void tellsOfTheProcess() {
        var text = new StringBuilder();
        ProcessMetrics.append(text);

        assertThat(text.toString())
                .containsPattern("\nprocess_resident_memory_bytes [1-9][0-9]{6,}\n")
                .containsPattern("\nprocess_open_fds [1-9][0-9]*\n")
                .containsPattern("\nprocess_cpu_seconds_total [0-9.]+\n")
                .containsPattern("\nkubernetes_build_info\\{.*git_version=\"v1\\.36\\..*} 1\n");
        assertThat(ResidentMemory.bytes("VmRSS:\t  2048 kB")).isEqualTo(2 << 20);
    }

    private static String text(Counters counters) {
        var text = new StringBuilder();
        counters.append(text);
        return text.toString();
    }
}
