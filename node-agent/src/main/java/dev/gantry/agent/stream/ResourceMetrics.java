package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the node, its pods and their containers use, as {@code /metrics/resource} shows it.
 *
 * <p>Compat: names, labels and help of kubelet's {@code resource_metrics.go}, which metrics-server
 * and Prometheus read.
 */
public final class ResourceMetrics {
    private static final int NANO_DIGITS = 9;

    private final StringBuilder text = new StringBuilder();

    private ResourceMetrics() {}

    /**
     * What was measured at one moment.
     *
     * @param started when the containers that run began, by their id
     */
    public record Measured(
            StatsSummary.NodeUse node,
            List<SandboxStats> sandboxes,
            List<ContainerStats> containers,
            Map<String, Instant> started) {
        /** Of earlier tries there is nothing to measure, and they have the same labels. */
        private List<ContainerStats> running() {
            return containers.stream().filter(each -> started.containsKey(each.id())).toList();
        }
    }

    public static String of(Measured measured) {
        var made = new ResourceMetrics();
        made.containers(measured.running(), measured.started());
        made.node(measured.node());
        made.pods(measured.sandboxes());
        made.family(
                "resource_scrape_error",
                "gauge",
                "1 if there was an error while getting container metrics, 0 otherwise");
        made.text.append("resource_scrape_error 0\n");
        return made.text.toString();
    }

    private void containers(List<ContainerStats> stats, Map<String, Instant> started) {
        String what = "container_cpu_usage_seconds_total";
        family(what, "counter", "Cumulative cpu time consumed by the container in core-seconds");
        each(
                stats,
                what,
                each -> new Value(labels(each), seconds(each.cpuNanosTotal()), each.at()));
        what = "container_memory_working_set_bytes";
        family(what, "gauge", "Current working set of the container in bytes");
        each(
                stats,
                what,
                each ->
                        new Value(
                                labels(each),
                                Long.toString(each.memoryWorkingSetBytes()),
                                each.at()));
        what = "container_start_time_seconds";
        family(what, "gauge", "Start time of the container since unix epoch in seconds");
        for (ContainerStats each : stats) {
            long began = started.getOrDefault(each.id(), Instant.EPOCH).getEpochSecond();
            text.append(what).append(labels(each)).append(' ').append(began).append('\n');
        }
    }

    private void node(StatsSummary.NodeUse use) {
        Instant at = use.cpu().at();
        String what = "node_cpu_usage_seconds_total";
        family(what, "counter", "Cumulative cpu time consumed by the node in core-seconds");
        put(what, new Value("", seconds(use.cpu().cpuNanosTotal()), at));
        what = "node_memory_working_set_bytes";
        family(what, "gauge", "Current working set of the node in bytes");
        put(what, new Value("", Long.toString(use.memoryUsedBytes()), at));
    }

    private void pods(List<SandboxStats> stats) {
        String what = "pod_cpu_usage_seconds_total";
        family(what, "counter", "Cumulative cpu time consumed by the pod in core-seconds");
        each(
                stats,
                what,
                each -> new Value(labels(each), seconds(each.cpuNanosTotal()), each.at()));
        what = "pod_memory_working_set_bytes";
        family(what, "gauge", "Current working set of the pod in bytes");
        each(
                stats,
                what,
                each ->
                        new Value(
                                labels(each),
                                Long.toString(each.memoryWorkingSetBytes()),
                                each.at()));
    }

    private record Value(String labels, String number, Instant at) {}

    private <T> void each(List<T> all, String what, Function<T, Value> value) {
        all.forEach(each -> put(what, value.apply(each)));
    }

    private void family(String what, String type, String help) {
        text.append("# HELP ").append(what).append(" [STABLE] ").append(help).append('\n');
        text.append("# TYPE ").append(what).append(' ').append(type).append('\n');
    }

    private void put(String what, Value value) {
        text.append(what)
                .append(value.labels())
                .append(' ')
                .append(value.number())
                .append(' ')
                .append(value.at().toEpochMilli())
                .append('\n');
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString();
    }

    /** Names of the API need no escapes. */
    private static String labels(ContainerStats of) {
        return "{container=\"%s\",namespace=\"%s\",pod=\"%s\"}"
                .formatted(
                        of.name(),
                        of.labels().getOrDefault(RuntimeLabels.POD_NAMESPACE, ""),
                        of.labels().getOrDefault(RuntimeLabels.POD_NAME, ""));
    }

    private static String labels(SandboxStats of) {
        return "{namespace=\"%s\",pod=\"%s\"}".formatted(of.name().namespace(), of.name().name());
    }
}
