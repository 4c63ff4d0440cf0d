package dev.gantry.gateway.shell.health;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;

/** What {@code /metrics} says of the process itself: what it is, and what it takes. */
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void append(StringBuilder text) {
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
                            Metrics.head(text, name, "counter", "Processor time.");
                            text.append(name).append(' ').append(used.toMillis() / 1e3);
                            text.append('\n');
                        });
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            gauge(text, "process_open_fds", "Open files.", os.getOpenFileDescriptorCount());
            gauge(text, "process_max_fds", "Most open files.", os.getMaxFileDescriptorCount());
        }
        gauge(
                text,
                "kubernetes_build_info{%s}".formatted(build()),
                "The version that is answered for.",
                1);
    }

    private static String build() {
        return ServerVersion.BUILD.entrySet().stream()
                .map(each -> "%s=\"%s\"".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
    }

    private static void gauge(StringBuilder text, String series, String help, long value) {
        int labels = series.indexOf('{');
        Metrics.head(text, labels < 0 ? series : series.substring(0, labels), "gauge", help);
        text.append(series).append(' ').append(value).append('\n');
    }
}
