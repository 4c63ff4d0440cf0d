package dev.gantry.agent.stream;

import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.client.metrics.MetricText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The rows that any page has about what was measured; how the things are called is a page's own
 * matter.
 */
record UsageRows(UsageReading measured, Labels labels) {
    private static final int NANO_DIGITS = 9;

    /** By which labels a page knows things. */
    interface Labels {
        String ofNode();

        String of(SandboxStats pod);

        String of(ContainerStats container);
    }

    /** What one of them used until a moment. */
    record Row(String labels, Instant at, long cpuNanos, long workingSetBytes) {
        void cpu(StringBuilder text, String name, String moreLabels) {
            String seconds = BigDecimal.valueOf(cpuNanos, NANO_DIGITS).toPlainString();
            MetricText.sample(text, name, labels + moreLabels, seconds, at);
        }

        void workingSet(StringBuilder text, String name) {
            MetricText.sample(text, name, labels, Long.toString(workingSetBytes), at);
        }
    }

    Row node() {
        StatsSummary.NodeUse use = measured.node();
        return new Row(
                labels.ofNode(), use.cpu().at(), use.cpu().cpuNanosTotal(), use.memoryUsedBytes());
    }

    List<Row> pods() {
        return measured.sandboxes().stream()
                .map(
                        each ->
                                new Row(
                                        labels.of(each),
                                        each.at(),
                                        each.cpuNanosTotal(),
                                        each.memoryWorkingSetBytes()))
                .toList();
    }

    List<Row> containers() {
        return measured.running().stream()
                .map(
                        each ->
                                new Row(
                                        labels.of(each),
                                        each.at(),
                                        each.cpuNanosTotal(),
                                        each.memoryWorkingSetBytes()))
                .toList();
    }

    void starts(StringBuilder text, String help) {
        String name = "container_start_time_seconds";
        MetricText.head(text, name, "gauge", help);
        for (ContainerStats each : measured.running()) {
            long began = measured.started().getOrDefault(each.id(), Instant.EPOCH).getEpochSecond();
            MetricText.sample(text, name, labels.of(each), began);
        }
    }
}
