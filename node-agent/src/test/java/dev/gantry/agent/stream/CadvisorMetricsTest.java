package dev.gantry.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.SandboxName;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CadvisorMetricsTest {
    private static final Instant AT = Instant.ofEpochSecond(1_000);
    private static final String CONTAINER =
            "{container=\"main\",id=\"/kubepods/podu/c1\",image=\"shop/web:1\",name=\"c1\",namespace=\"shop\",pod=\"web\"";
    private static final String POD =
            "{container=\"\",id=\"/kubepods/podu\",image=\"\",name=\"\",namespace=\"shop\",pod=\"web\"";
    private static final String MACHINE =
            "{container=\"\",id=\"/\",image=\"\",name=\"\",namespace=\"\",pod=\"\"";

    @Test
    void tellsOfMachinePodsAndContainersAsCadvisorDoes() {
        String text = CadvisorMetrics.of(seen("eth0"));

        assertThat(text.lines())
                .contains(
                        "# TYPE container_cpu_usage_seconds_total counter",
                        "container_cpu_usage_seconds_total"
                                + CONTAINER
                                + ",cpu=\"total\"} 1.500000000 1000000",
                        "container_cpu_usage_seconds_total"
                                + POD
                                + ",cpu=\"total\"} 2.000000001 1000000",
                        "container_cpu_usage_seconds_total"
                                + MACHINE
                                + ",cpu=\"total\"} 3.000000000 1000000",
                        "# TYPE container_memory_working_set_bytes gauge",
                        "container_memory_working_set_bytes" + CONTAINER + "} 4096 1000000",
                        "container_memory_working_set_bytes" + POD + "} 8192 1000000",
                        "container_memory_working_set_bytes" + MACHINE + "} 100 1000000",
                        "container_memory_usage_bytes" + CONTAINER + "} 5000 1000000",
                        "container_memory_rss" + CONTAINER + "} 3000 1000000",
                        "container_fs_usage_bytes" + CONTAINER + "} 7 1000000",
                        "# TYPE container_network_receive_bytes_total counter",
                        "container_network_receive_bytes_total"
                                + POD
                                + ",interface=\"eth0\"} 11 1000000",
                        "container_network_transmit_bytes_total"
                                + POD
                                + ",interface=\"eth0\"} 12 1000000",
                        "container_start_time_seconds" + CONTAINER + "} 900",
                        "machine_cpu_cores{boot_id=\"b\",machine_id=\"m\",system_uuid=\"s\"} 4",
                        "machine_memory_bytes{boot_id=\"b\",machine_id=\"m\",system_uuid=\"s\"} 300");
    }

    @Test
    void leavesOutTheNetworkOfAPodWithoutOne() {
        assertThat(CadvisorMetrics.of(seen("")).lines())
                .noneMatch(line -> line.startsWith("container_network_receive_bytes_total{"));
    }

    private static CadvisorMetrics.Seen seen(String networkInterface) {
        var labels =
                new TreeMap<>(
                        Map.of(
                                RuntimeLabels.POD_NAMESPACE, "shop",
                                RuntimeLabels.POD_NAME, "web",
                                RuntimeLabels.POD_UID, "u"));
        var measured =
                new UsageReading(
                        new StatsSummary.NodeUse(
                                new StatsSummary.Sample(AT, 3_000_000_000L), 100, 200),
                        List.of(
                                new SandboxStats(
                                        "s1",
                                        new SandboxName("web", "shop", "u", 0),
                                        AT,
                                        2_000_000_001L,
                                        8192,
                                        networkInterface,
                                        11,
                                        12)),
                        List.of(
                                new ContainerStats(
                                        "c1",
                                        "main",
                                        AT,
                                        1_500_000_000L,
                                        4096,
                                        5000,
                                        3000,
                                        7,
                                        labels)),
                        Map.of("c1", Instant.ofEpochSecond(900)));
        return new CadvisorMetrics.Seen(
                measured,
                Map.of("c1", "shop/web:1"),
                Map.of("u", "/kubepods/podu"),
                new Machine("m", "s", "b", "", "", "", 4, 300, 0));
    }
}
