package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.client.metrics.MetricText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        List<ContainerStats> running() {
            return containers.stream().filter(each -> started.containsKey(each.id())).toList();
        }
    }

    public static String of(Measured measured) {
        var made = new ResourceMetrics();
        made.uses("container", measured.running().stream().map(ResourceMetrics::use).toList());
        made.starts(measured.running(), measured.started());
        made.uses("node", List.of(use(measured.node())));
        made.uses("pod", measured.sandboxes().stream().map(ResourceMetrics::use).toList());
        made.family(
                "resource_scrape_error",
                "gauge",
                "1 if there was an error while getting container metrics, 0 otherwise");
        made.text.append("resource_scrape_error 0\n");
        return made.text.toString();
    }

    /** What one of them used until a moment. */
    private record Use(String labels, long cpuNanos, long memoryBytes, Instant at) {}

    private static Use use(ContainerStats of) {
        return new Use(labels(of), of.cpuNanosTotal(), of.memoryWorkingSetBytes(), of.at());
    }

    private static Use use(SandboxStats of) {
        return new Use(labels(of), of.cpuNanosTotal(), of.memoryWorkingSetBytes(), of.at());
    }

    private static Use use(StatsSummary.NodeUse of) {
        return new Use("", of.cpu().cpuNanosTotal(), of.memoryUsedBytes(), of.cpu().at());
    }

    /**
     * @param noun what they are, as the names and the help of the metrics say it
     */
    private void uses(String noun, List<Use> all) {
        String cpu = noun + "_cpu_usage_seconds_total";
        family(cpu, "counter", "Cumulative cpu time consumed by the " + noun + " in core-seconds");
        all.forEach(each -> put(cpu, each, seconds(each.cpuNanos())));
        String memory = noun + "_memory_working_set_bytes";
        family(memory, "gauge", "Current working set of the " + noun + " in bytes");
        all.forEach(each -> put(memory, each, Long.toString(each.memoryBytes())));
    }

    private void starts(List<ContainerStats> stats, Map<String, Instant> started) {
        String what = "container_start_time_seconds";
        family(what, "gauge", "Start time of the container since unix epoch in seconds");
        for (ContainerStats each : stats) {
            long began = started.getOrDefault(each.id(), Instant.EPOCH).getEpochSecond();
            MetricText.sample(text, what, labels(each), began);
        }
    }

    private void family(String what, String type, String help) {
        MetricText.head(text, what, type, "[STABLE] " + help);
    }

    private void put(String what, Use of, String number) {
        MetricText.sample(text, what, of.labels(), number, of.at());
    }

    private static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).toPlainString();
    }

    /** Names of the API need no escapes. */
    private static String labels(ContainerStats of) {
        return "container=\"%s\",namespace=\"%s\",pod=\"%s\""
                .formatted(
                        of.name(),
                        of.labels().getOrDefault(RuntimeLabels.POD_NAMESPACE, ""),
                        of.labels().getOrDefault(RuntimeLabels.POD_NAME, ""));
    }

    private static String labels(SandboxStats of) {
        return "namespace=\"%s\",pod=\"%s\"".formatted(of.name().namespace(), of.name().name());
    }
}
