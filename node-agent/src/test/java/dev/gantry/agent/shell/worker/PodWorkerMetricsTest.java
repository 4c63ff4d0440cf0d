package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodWorkerMetricsTest {
    @Test
    void tellAStartWithAndWithoutWhatItsImagesAndInitContainersTook() {
        var metrics = new PodWorkerMetrics();
        metrics.started(
                new PodWorkerMetrics.Start(
                        Duration.ofSeconds(7), Duration.ofSeconds(9), Duration.ofSeconds(8)));
        metrics.started(
                new PodWorkerMetrics.Start(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2)));
        metrics.looked(PodWorkerMetrics.Operation.SYNC, 20_000_000);
        var text = new StringBuilder();
        metrics.append(text);

        assertThat(text.toString().lines())
                .contains(
                        "# TYPE kubelet_pod_start_duration_seconds histogram",
                        "kubelet_pod_start_duration_seconds_sum 8",
                        "kubelet_pod_start_total_duration_seconds_sum 10",
                        "kubelet_pod_start_sli_duration_seconds_sum 1",
                        "kubelet_pod_start_sli_duration_seconds_bucket{le=\"0.5\"} 1",
                        "kubelet_pod_start_sli_duration_seconds_bucket{le=\"3600\"} 2",
                        "kubelet_pod_worker_duration_seconds_bucket{operation_type=\"sync\",le=\"0.01\"} 0",
                        "kubelet_pod_worker_duration_seconds_bucket{operation_type=\"sync\",le=\"0.025\"} 1");
    }
}
