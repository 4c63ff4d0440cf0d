package dev.gantry.agent.shell.worker;

import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.metrics.Histogram;
import dev.gantry.client.shell.metrics.Histograms;
import java.time.Duration;

/**
 * How long the pods of this node took to start, and their workers for a look.
 *
 * <p>Compat: {@code pkg/kubelet/metrics}. What a look is for is told as kubelet's workers tell it;
 * a pod's start ends when its phase becomes Running.
 */
public final class PodWorkerMetrics {
    private static final double[] START_BOUNDS = {
        0.5, 1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 45, 60, 120, 180, 240, 300, 360, 480, 600, 900, 1200,
        1800, 2700, 3600
    };

    private final Histograms looks =
            new Histograms(
                    "kubelet_pod_worker_duration_seconds",
                    "How long it took to bring a pod to what is wanted.",
                    Histogram.USUAL_BOUNDS,
                    "operation_type");
    private final Histogram starts = new Histogram(START_BOUNDS);
    private final Histogram startsSinceCreation = new Histogram(START_BOUNDS);
    private final Histogram ownStarts = new Histogram(START_BOUNDS);

    /** What a look at a pod is for. */
    enum Operation {
        CREATE("create"),
        SYNC("sync"),
        KILL("kill"),
        TERMINATED("terminated");

        private final String wire;

        Operation(String wire) {
            this.wire = wire;
        }
    }

    PodWorkerMetrics() {}

    void looked(Operation operation, long nanos) {
        looks.of(operation.wire).addNanos(nanos);
    }

    /**
     * A pod runs.
     *
     * @param sinceSeen since it came to this node
     * @param work for how long its images were pulled and its init containers ran
     */
    record Start(Duration sinceSeen, Duration sinceCreation, Duration work) {
        Duration own() {
            Duration own = sinceCreation.minus(work);
            return own.isNegative() ? Duration.ZERO : own;
        }
    }

    void started(Start start) {
        starts.add(start.sinceSeen);
        startsSinceCreation.add(start.sinceCreation);
        ownStarts.add(start.own());
    }

    public void append(StringBuilder text) {
        looks.append(text);
        histogram(
                text,
                "kubelet_pod_start_duration_seconds",
                "How long pods took until they ran, since they came to this node.",
                starts);
        histogram(
                text,
                "kubelet_pod_start_total_duration_seconds",
                "How long pods took until they ran, since they were created.",
                startsSinceCreation);
        histogram(
                text,
                "kubelet_pod_start_sli_duration_seconds",
                "As the total, without the pulls of images and the work of init containers.",
                ownStarts);
    }

    private static void histogram(
            StringBuilder text, String name, String help, Histogram histogram) {
        MetricText.head(text, name, "histogram", help);
        histogram.append(name, "", text);
    }
}
