package dev.gantry.client.shell.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.queue.Backoff;
import dev.gantry.client.queue.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** By a stopwatch that the test moves. */
final class WorkQueueMetricsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long SECOND = 1_000_000_000;

    private long nanos;
    private final WorkQueueMetrics metrics = new WorkQueueMetrics(() -> nanos);
    private final WorkQueue<String> queue = new WorkQueue<>(metrics.of("deployment"));

    @Test
    void tellHowLongKeysWaitAndAreWorkedOn() {
        queue.add("a");
        queue.add("a");
        queue.add("b");
        nanos += 3 * SECOND;
        queue.take(NOON);
        nanos += 2 * SECOND;

        assertThat(text())
                .contains(
                        "\nworkqueue_depth{name=\"deployment\"} 1\n",
                        "\nworkqueue_adds_total{name=\"deployment\"} 2\n",
                        "\nworkqueue_queue_duration_seconds_sum{name=\"deployment\"} 3\n",
                        "\nworkqueue_queue_duration_seconds_bucket{name=\"deployment\",le=\"1\"} 0\n",
                        "\nworkqueue_unfinished_work_seconds{name=\"deployment\"} 2\n",
                        "\nworkqueue_longest_running_processor_seconds{name=\"deployment\"} 2\n",
                        "\n# TYPE workqueue_work_duration_seconds histogram\n")
                .doesNotContain("workqueue_work_duration_seconds_count");

        queue.done("a");
        assertThat(text())
                .contains(
                        "\nworkqueue_work_duration_seconds_sum{name=\"deployment\"} 2\n",
                        "\nworkqueue_work_duration_seconds_count{name=\"deployment\"} 1\n",
                        "\nworkqueue_unfinished_work_seconds{name=\"deployment\"} 0\n");
    }

    @Test
    void countWhatIsToComeBackAndWhatCameWhileItWasWorkedOn() {
        var soon = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
        queue.add("a");
        queue.take(NOON);
        queue.add("a");
        queue.failed("a", soon, NOON);
        queue.addAt("b", NOON.plusSeconds(5));

        assertThat(text())
                .contains(
                        "\nworkqueue_retries_total{name=\"deployment\"} 2\n",
                        "\nworkqueue_adds_total{name=\"deployment\"} 2\n",
                        "\nworkqueue_depth{name=\"deployment\"} 1\n");
        assertThat(queue.take(NOON)).contains("a");
        assertThat(text()).contains("\nworkqueue_depth{name=\"deployment\"} 0\n");
    }

    @Test
    void tellQueuesOfOneNameTogether() {
        WorkQueue<String> other = new WorkQueue<>(metrics.of("deployment"));
        queue.add("a");
        other.add("a");
        queue.take(NOON);
        nanos += SECOND;
        other.take(NOON);
        nanos += SECOND;

        assertThat(text())
                .contains(
                        "\nworkqueue_adds_total{name=\"deployment\"} 2\n",
                        "\nworkqueue_unfinished_work_seconds{name=\"deployment\"} 3\n",
                        "\nworkqueue_longest_running_processor_seconds{name=\"deployment\"} 2\n")
                .containsOnlyOnce("\nworkqueue_depth{");
    }

    @Test
    void haveUpstreamsBounds() {
        queue.add("a");
        queue.take(NOON);

        assertThat(text())
                .contains(
                        "le=\"1e-08\"", "le=\"9.999999999999999e-06\"", "le=\"0.001\"", "le=\"10\"")
                .doesNotContain("le=\"100\"")
                .contains("# TYPE workqueue_queue_duration_seconds histogram");
    }

    private String text() {
        var text = new StringBuilder();
        metrics.append(text);
        return text.toString();
    }
}
