package dev.gantry.bench.schedule;

import dev.gantry.bench.report.Report;
import dev.gantry.bench.workload.Workload;
import java.util.List;
import java.util.Locale;

/** The figures of several workloads beside those of kube-scheduler. */
final class Comparison {
    private Comparison() {}

    static void print(List<Workload> workloads, List<Report> reports) {
        System.out.printf(
                "%n%-17s %7s %9s %7s | %15s %10s | %10s %8s %8s%n",
                "workload",
                "nodes",
                "existing",
                "pods",
                "kube-scheduler",
                "wanted",
                "pods/s",
                "times",
                "missing");
        for (int i = 0; i < workloads.size(); i++) {
            print(workloads.get(i), reports.get(i));
        }
    }

    private static void print(Workload workload, Report report) {
        double rate = report.value("podsPerSecond");
        System.out.printf(
                Locale.ROOT,
                "%-17s %7.0f %9.0f %7.0f | %15s %10s | %10.0f %8s %8.0f%n",
                workload.label(),
                report.value("nodes"),
                report.value("existing"),
                report.value("pods"),
                figure(workload.rates().kubeScheduler()),
                figure(workload.rates().wanted()),
                rate,
                figure(rate / workload.rates().kubeScheduler()),
                report.value("missing"));
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "-" : "%.0f".formatted(value);
    }
}
