package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.client.metrics.MetricText;
import java.util.List;

/**
 * What the node, its pods and their containers use, as {@code /metrics/resource} shows it.
 *
 * <p>Compat: names, labels and help of kubelet's {@code resource_metrics.go}, which metrics-server
 * and Prometheus read.
 */
public final class ResourceMetrics {
    private final StringBuilder text = new StringBuilder();

    private ResourceMetrics() {}

    public static String of(UsageReading measured) {
        var rows = new UsageRows(measured, new Labels());
        var made = new ResourceMetrics();
        made.uses("container", rows.containers());
        rows.starts(made.text, "[STABLE] Start time of the container since unix epoch in seconds");
        made.uses("node", List.of(rows.node()));
        made.uses("pod", rows.pods());
        made.family(
                "resource_scrape_error",
                "gauge",
                "1 if there was an error while getting container metrics, 0 otherwise");
        made.text.append("resource_scrape_error 0\n");
        return made.text.toString();
    }

    /**
     * @param noun what they are, as the names and the help of the metrics say it
     */
    private void uses(String noun, List<UsageRows.Row> rows) {
        String cpu = noun + "_cpu_usage_seconds_total";
        family(cpu, "counter", "Cumulative cpu time consumed by the " + noun + " in core-seconds");
        rows.forEach(each -> each.cpu(text, cpu, ""));
        String memory = noun + "_memory_working_set_bytes";
        family(memory, "gauge", "Current working set of the " + noun + " in bytes");
        rows.forEach(each -> each.workingSet(text, memory));
    }

    private void family(String what, String type, String help) {
        MetricText.head(text, what, type, "[STABLE] " + help);
    }

    /** Names of the API need no escapes. */
    private record Labels() implements UsageRows.Labels {
        @Override
        public String ofNode() {
            return "";
        }

        @Override
        public String of(SandboxStats pod) {
            return "namespace=\"%s\",pod=\"%s\""
                    .formatted(pod.name().namespace(), pod.name().name());
        }

        @Override
        public String of(ContainerStats container) {
            return "container=\"%s\",namespace=\"%s\",pod=\"%s\""
                    .formatted(container.name(), container.podNamespace(), container.podName());
        }
    }
}
