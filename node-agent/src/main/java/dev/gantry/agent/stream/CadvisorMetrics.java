package dev.gantry.agent.stream;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.client.metrics.MetricText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What the machine, its pods and their containers use, as {@code /metrics/cadvisor} shows it.
 *
 * <p>Compat: names and labels that a kubelet's cAdvisor has and dashboards ask for. A pod has a row
 * of its own, without a container; that of the machine has the id {@code /}. What a runtime does
 * not tell of (throttling, devices, limits) is not there.
 */
public final class CadvisorMetrics {
    private static final String TOTAL = ",cpu=\"total\"";

    private final StringBuilder text = new StringBuilder();
    private final Seen seen;
    private final Labels labels;
    private final UsageRows rows;

    private CadvisorMetrics(Seen seen) {
        this.seen = seen;
        this.labels = new Labels(seen.images(), seen.cgroups());
        this.rows = new UsageRows(seen.measured(), labels);
    }

    /**
     * What was measured at one moment, and what belongs to it.
     *
     * @param images by the ids of containers, as their pods name them
     * @param cgroups by the uids of pods
     */
    public record Seen(
            UsageReading measured,
            Map<String, String> images,
            Map<String, String> cgroups,
            Machine machine) {}

    public static String of(Seen seen) {
        var made = new CadvisorMetrics(seen);
        made.usage();
        made.network();
        made.rows.starts(made.text, "When a container began.");
        made.machine();
        return made.text.toString();
    }

    private void usage() {
        List<UsageRows.Row> all = new ArrayList<>();
        all.add(rows.node());
        all.addAll(rows.pods());
        all.addAll(rows.containers());
        String cpu = "container_cpu_usage_seconds_total";
        MetricText.head(text, cpu, "counter", "Processor time.");
        all.forEach(each -> each.cpu(text, cpu, TOTAL));
        String workingSet = "container_memory_working_set_bytes";
        MetricText.head(text, workingSet, "gauge", "Memory that is in use.");
        all.forEach(each -> each.workingSet(text, workingSet));
        gauge(
                "container_memory_usage_bytes",
                "Memory with caches.",
                ContainerStats::memoryUsageBytes);
        gauge("container_memory_rss", "Memory without caches.", ContainerStats::memoryRssBytes);
        gauge(
                "container_fs_usage_bytes",
                "Bytes of the writable layer.",
                ContainerStats::writableLayerBytes);
    }

    /** Of single containers: of several together it is not known. */
    private void gauge(String name, String help, ToLongFunction<ContainerStats> value) {
        MetricText.head(text, name, "gauge", help);
        for (ContainerStats each : seen.measured().running()) {
            String bytes = Long.toString(value.applyAsLong(each));
            MetricText.sample(text, name, labels.of(each), bytes, each.at());
        }
    }

    private void network() {
        counter(
                "container_network_receive_bytes_total",
                "Bytes received.",
                SandboxStats::receivedBytes);
        counter("container_network_transmit_bytes_total", "Bytes sent.", SandboxStats::sentBytes);
    }

    private void counter(String name, String help, Function<SandboxStats, Long> value) {
        MetricText.head(text, name, "counter", help);
        for (SandboxStats each : seen.measured().sandboxes()) {
            if (!each.networkInterface().isEmpty()) {
                String row =
                        labels.of(each)
                                + ","
                                + MetricText.label("interface", each.networkInterface());
                String bytes = Long.toString(value.apply(each));
                MetricText.sample(text, name, row, bytes, each.at());
            }
        }
    }

    private void machine() {
        Machine machine = seen.machine();
        String row =
                MetricText.labels(
                        List.of("boot_id", "machine_id", "system_uuid"),
                        List.of(machine.bootId(), machine.machineId(), machine.systemUuid()));
        MetricText.head(text, "machine_cpu_cores", "gauge", "Processors.");
        MetricText.sample(text, "machine_cpu_cores", row, machine.cpus());
        MetricText.head(text, "machine_memory_bytes", "gauge", "Memory.");
        MetricText.sample(text, "machine_memory_bytes", row, machine.memoryBytes());
    }

    private record Labels(Map<String, String> images, Map<String, String> cgroups)
            implements UsageRows.Labels {
        private static final List<String> NAMES =
                List.of("container", "id", "image", "name", "namespace", "pod");

        @Override
        public String ofNode() {
            return labels("", "/", "", "", "", "");
        }

        @Override
        public String of(SandboxStats pod) {
            String cgroup = cgroups.getOrDefault(pod.name().uid(), "");
            return labels("", cgroup, "", "", pod.name().namespace(), pod.name().name());
        }

        @Override
        public String of(ContainerStats container) {
            return labels(
                    container.name(),
                    cgroups.getOrDefault(container.podUid(), "") + "/" + container.id(),
                    images.getOrDefault(container.id(), ""),
                    container.id(),
                    container.podNamespace(),
                    container.podName());
        }

        /** In the order of {@link #NAMES}. */
        private static String labels(String... values) {
            return MetricText.labels(NAMES, List.of(values));
        }
    }
}
