package dev.gantry.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResourceMetricsTest {
    private static final Instant AT = Instant.ofEpochSecond(1_000);

    @Test
    void tellsWhatIsUsedInTheFormOfPrometheus() {
        var labels =
                new TreeMap<>(
                        Map.of(
                                RuntimeLabels.POD_NAMESPACE, "shop",
                                RuntimeLabels.POD_NAME, "web"));
        var container =
                new ContainerStats("c1", "main", AT, 1_500_000_000L, 4096, 5000, 3000, 7, labels);
        var other = new ContainerStats("c2", "side", AT, 0, 1, 1, 1, 1, labels);
        var sandbox =
                new SandboxStats(
                        "s1",
                        new SandboxName("web", "shop", "u", 0),
                        AT,
                        2_000_000_001L,
                        8192,
                        "eth0",
                        1,
                        2);
        String text =
                ResourceMetrics.of(
                        new UsageReading(
                                new StatsSummary.NodeUse(
                                        new StatsSummary.Sample(AT, 3_000_000_000L), 100, 200),
                                List.of(sandbox),
                                List.of(container, other),
                                Map.of("c1", Instant.ofEpochSecond(900))));
        assertThat(text.lines())
                .contains(
                        "# TYPE container_cpu_usage_seconds_total counter",
                        "container_cpu_usage_seconds_total{container=\"main\",namespace=\"shop\",pod=\"web\"} 1.500000000 1000000",
                        "container_memory_working_set_bytes{container=\"main\",namespace=\"shop\",pod=\"web\"} 4096 1000000",
                        "container_start_time_seconds{container=\"main\",namespace=\"shop\",pod=\"web\"} 900",
                        "node_cpu_usage_seconds_total 3.000000000 1000000",
                        "node_memory_working_set_bytes 100 1000000",
                        "pod_cpu_usage_seconds_total{namespace=\"shop\",pod=\"web\"} 2.000000001 1000000",
                        "pod_memory_working_set_bytes{namespace=\"shop\",pod=\"web\"} 8192 1000000",
                        "resource_scrape_error 0");
        assertThat(text).doesNotContain("side");
    }
}
