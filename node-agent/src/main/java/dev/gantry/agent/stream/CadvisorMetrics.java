package dev.gantry.agent.stream;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.client.metrics.MetricText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What the machine, its pods and their containers use, as {@code /metrics/cadvisor} shows it.
 *
 * <p>Compat: names and labels that a kubelet's cAdvisor has and dashboards ask for. A pod has a row
 * of its own, without a container; that of the machine has the id {@code /}. What a runtime does
 * not tell of (throttling, devices, limits) is not there.
 */
public final class CadvisorMetrics {
    private static final int NANO_DIGITS = 9;
    private static final String TOTAL = ",cpu=\"total\"";

    private static final List<String> NAMES =
            List.of("container", "id", "image", "name", "namespace", "pod");

    private final StringBuilder text = new StringBuilder();
    private final Seen seen;
    private final List<Row> rows = new ArrayList<>();

    private CadvisorMetrics(Seen seen) {
        this.seen = seen;
    }

    /**
     * What was measured at one moment, and what belongs to it.
     *
     * @param images by the ids of containers, as their pods name them
     * @param cgroups by the uids of pods
     */
    public record Seen(
            ResourceMetrics.Measured measured,
            Map<String, String> images,
            Map<String, String> cgroups,
            Machine machine) {}

    /**
     * What one of them used until a moment.
     *
     * @param rss empty where it is not known, as is the next
     */
    private record Row(
            String labels,
            Instant at,
            long cpuNanos,
            long workingSet,
            OptionalLong usage,
            OptionalLong rss,
            OptionalLong written) {
        /** Of several containers together, of which less is known. */
        static Row ofMany(String labels, Instant at, long cpuNanos, long workingSet) {
            OptionalLong unknown = OptionalLong.empty();
            return new Row(labels, at, cpuNanos, workingSet, unknown, unknown, unknown);
        }
    }

    public static String of(Seen seen) {
        var made = new CadvisorMetrics(seen);
        made.collect();
        made.usage();
        made.network();
        made.starts();
        made.machine();
        return made.text.toString();
    }

    private void collect() {
        StatsSummary.NodeUse node = seen.measured.node();
        rows.add(
                Row.ofMany(
                        labels("", "/", "", "", "", ""),
                        node.cpu().at(),
                        node.cpu().cpuNanosTotal(),
                        node.memoryUsedBytes()));
        for (SandboxStats each : seen.measured.sandboxes()) {
            rows.add(
                    Row.ofMany(
                            labels(each),
                            each.at(),
                            each.cpuNanosTotal(),
                            each.memoryWorkingSetBytes()));
        }
        for (ContainerStats each : seen.measured.running()) {
            rows.add(
                    new Row(
                            labels(each),
                            each.at(),
                            each.cpuNanosTotal(),
                            each.memoryWorkingSetBytes(),
                            OptionalLong.of(each.memoryUsageBytes()),
                            OptionalLong.of(each.memoryRssBytes()),
                            OptionalLong.of(each.writableLayerBytes())));
        }
    }

    private void usage() {
        String cpu = "container_cpu_usage_seconds_total";
        MetricText.head(text, cpu, "counter", "Processor time.");
        for (Row each : rows) {
            String seconds = BigDecimal.valueOf(each.cpuNanos, NANO_DIGITS).toPlainString();
            MetricText.sample(text, cpu, each.labels + TOTAL, seconds, each.at);
        }
        gauge(
                "container_memory_working_set_bytes",
                "Memory that is in use.",
                each -> OptionalLong.of(each.workingSet));
        gauge("container_memory_usage_bytes", "Memory with caches.", Row::usage);
        gauge("container_memory_rss", "Memory without caches.", Row::rss);
        gauge("container_fs_usage_bytes", "Bytes of the writable layer.", Row::written);
    }

    private void gauge(String name, String help, Function<Row, OptionalLong> value) {
        MetricText.head(text, name, "gauge", help);
        for (Row each : rows) {
            value.apply(each)
                    .ifPresent(
                            bytes ->
                                    MetricText.sample(
                                            text,
                                            name,
                                            each.labels,
                                            Long.toString(bytes),
                                            each.at));
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
        for (SandboxStats each : seen.measured.sandboxes()) {
            if (!each.networkInterface().isEmpty()) {
                String labels =
                        labels(each) + "," + MetricText.label("interface", each.networkInterface());
                String bytes = Long.toString(value.apply(each));
                MetricText.sample(text, name, labels, bytes, each.at());
            }
        }
    }

    private void starts() {
        String name = "container_start_time_seconds";
        MetricText.head(text, name, "gauge", "When a container began.");
        for (ContainerStats each : seen.measured.running()) {
            Instant began = seen.measured.started().getOrDefault(each.id(), Instant.EPOCH);
            MetricText.sample(text, name, labels(each), began.getEpochSecond());
        }
    }

    private void machine() {
        Machine machine = seen.machine;
        String labels =
                MetricText.labels(
                        List.of("boot_id", "machine_id", "system_uuid"),
                        List.of(machine.bootId(), machine.machineId(), machine.systemUuid()));
        MetricText.head(text, "machine_cpu_cores", "gauge", "Processors.");
        MetricText.sample(text, "machine_cpu_cores", labels, machine.cpus());
        MetricText.head(text, "machine_memory_bytes", "gauge", "Memory.");
        MetricText.sample(text, "machine_memory_bytes", labels, machine.memoryBytes());
    }

    private String labels(SandboxStats of) {
        String cgroup = seen.cgroups.getOrDefault(of.name().uid(), "");
        return labels("", cgroup, "", "", of.name().namespace(), of.name().name());
    }

    private String labels(ContainerStats of) {
        String pod = of.labels().getOrDefault(RuntimeLabels.POD_UID, "");
        return labels(
                of.name(),
                seen.cgroups.getOrDefault(pod, "") + "/" + of.id(),
                seen.images.getOrDefault(of.id(), ""),
                of.id(),
                of.labels().getOrDefault(RuntimeLabels.POD_NAMESPACE, ""),
                of.labels().getOrDefault(RuntimeLabels.POD_NAME, ""));
    }

    /** In the order of {@link #NAMES}. */
    private static String labels(String... values) {
        return MetricText.labels(NAMES, List.of(values));
    }
}
