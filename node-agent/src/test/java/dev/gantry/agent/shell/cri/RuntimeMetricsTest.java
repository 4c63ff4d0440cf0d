package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.runtime.RuntimeFault;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuntimeMetricsTest {
    @Test
    void callOperationsAsTheKubeletDoes() {
        assertThat(
                        List.of(
                                "Version",
                                "RunPodSandbox",
                                "PodSandboxStatus",
                                "ListPodSandboxStats",
                                "UpdateContainerResources",
                                "ExecSync",
                                "PortForward",
                                "ImageFsInfo"))
                .extracting(RuntimeMetrics::operation)
                .containsExactly(
                        "version",
                        "run_podsandbox",
                        "podsandbox_status",
                        "list_podsandbox_stats",
                        "update_container",
                        "exec_sync",
                        "port_forward",
                        "image_fs_info");
    }

    @Test
    void countWhatFailedToo() {
        try (var nobody = new CriChannel(Path.of("/nonexistent.sock"))) {
            var runtime = new CriRuntime(nobody);
            assertThatThrownBy(runtime::images).isInstanceOf(RuntimeFault.class);
            var text = new StringBuilder();
            nobody.metrics().append(text);

            assertThat(text.toString().lines())
                    .contains(
                            "# TYPE kubelet_runtime_operations_total counter",
                            "kubelet_runtime_operations_total{operation_type=\"list_images\"} 1",
                            "# TYPE kubelet_runtime_operations_errors_total counter",
                            "kubelet_runtime_operations_errors_total{operation_type=\"list_images\"} 1",
                            "# TYPE kubelet_runtime_operations_duration_seconds histogram",
                            "kubelet_runtime_operations_duration_seconds_count{operation_type=\"list_images\"} 1");
        }
    }
}
