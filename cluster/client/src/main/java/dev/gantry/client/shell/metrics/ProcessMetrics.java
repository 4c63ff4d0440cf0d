package dev.gantry.client.shell.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.model.version.ServerVersion;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;

/** What a process says of itself: what it is, and what it takes. */
public final class ProcessMetrics {
    private static final double MILLIS_PER_SECOND = 1e3;

    private ProcessMetrics() {}

    public static void append(StringBuilder text) {
        ResidentMemory.bytes()
                .ifPresent(
                        bytes ->
                                gauge(
                                        text,
                                        "process_resident_memory_bytes",
                                        "Resident memory.",
                                        bytes));
        ProcessHandle.Info process = ProcessHandle.current().info();
        process.startInstant()
                .ifPresent(
                        start ->
                                gauge(
                                        text,
                                        "process_start_time_seconds",
                                        "Since the epoch.",
                                        start.getEpochSecond()));
        process.totalCpuDuration()
                .ifPresent(
                        used -> {
                            String name = "process_cpu_seconds_total";
                            MetricText.head(text, name, "counter", "Processor time.");
                            text.append(name).append(' ');
                            text.append(used.toMillis() / MILLIS_PER_SECOND).append('\n');
                        });
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            gauge(text, "process_open_fds", "Open files.", os.getOpenFileDescriptorCount());
            gauge(text, "process_max_fds", "Most open files.", os.getMaxFileDescriptorCount());
        }
        build(text);
    }

    private static void build(StringBuilder text) {
        String name = "kubernetes_build_info";
        MetricText.head(text, name, "gauge", "The version that is answered for.");
        var build = ServerVersion.BUILD;
        String labels =
                MetricText.labels(new ArrayList<>(build.keySet()), new ArrayList<>(build.values()));
        MetricText.sample(text, name, labels, 1);
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        MetricText.head(text, name, "gauge", help);
        MetricText.sample(text, name, "", value);
    }
}
