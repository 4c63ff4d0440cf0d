package dev.gantry.cli.plan;

import dev.gantry.cli.plan.PlanReport.Fate;
import dev.gantry.cli.plan.PlanReport.Group;
import dev.gantry.cli.plan.PlanReport.Load;
import dev.gantry.cli.plan.PlanReport.Preempted;
import dev.gantry.cli.plan.PlanReport.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A plan's outcome as lines for people. */
public final class PlanText {
    private static final int NODES = 20;

    private final PlanReport report;
    private final List<String> lines = new ArrayList<>();

    private PlanText(PlanReport report) {
        this.report = report;
    }

    public static List<String> lines(PlanReport report) {
        return new PlanText(report).write();
    }

    private List<String> write() {
        report.workloads().forEach(this::workload);
        fates("Drained:", report.drained());
        if (!report.lost().isEmpty()) {
            lines.add("Gone for good, as no controller would start them again:");
            report.lost().forEach(pod -> lines.add("  " + pod));
        }
        preempted();
        fates("Waiting today already:", report.waiting());
        report.notes().forEach(note -> lines.add("Note: " + note));
        loads();
        return lines;
    }

    /** Pods are counted per node; those that stay pending are counted per reason. */
    private void workload(Group group) {
        if (!group.refusal().isEmpty()) {
            lines.add(group.title() + ": the API refuses it");
            lines.add("  " + group.refusal());
            return;
        }
        long pending = group.pods().stream().filter(PlanReport::isPending).count();
        lines.add(
                "%s: %s%s"
                        .formatted(
                                group.title(),
                                pods(group.pods().size()),
                                pending == 0 ? "" : ", " + pending + " would stay pending"));
        SortedMap<String, Integer> nodes = new TreeMap<>();
        SortedMap<String, Integer> reasons = new TreeMap<>();
        for (Fate each : group.pods()) {
            if (PlanReport.isPending(each)) {
                reasons.merge(each.message(), 1, Integer::sum);
            } else {
                nodes.merge(each.node(), 1, Integer::sum);
            }
        }
        int width = nodes.keySet().stream().mapToInt(String::length).max().orElse(0);
        nodes.forEach((node, count) -> lines.add("  %s  %d".formatted(padded(node, width), count)));
        reasons.forEach((reason, count) -> lines.add("  pending  %d: %s".formatted(count, reason)));
    }

    private void fates(String title, List<Fate> fates) {
        if (!fates.isEmpty()) {
            lines.add(title);
            fates.forEach(each -> lines.add("  " + each.pod() + " " + fate(each)));
        }
    }

    private static String fate(Fate fate) {
        return PlanReport.isPending(fate)
                ? "would stay pending: " + fate.message()
                : "→ " + fate.node();
    }

    private void preempted() {
        if (report.preempted().isEmpty()) {
            return;
        }
        lines.add("Preempted:");
        for (Preempted each : report.preempted()) {
            String then = each.anew().map(PlanText::fate).orElse("and nobody would start it again");
            lines.add(
                    "  %s on %s makes way for %s, %s"
                            .formatted(each.pod(), each.node(), each.by(), then));
        }
    }

    private void loads() {
        List<Load> shown = new ArrayList<>(report.nodes());
        int unchanged = 0;
        if (shown.size() > NODES) {
            shown.removeIf(each -> each.before().equals(each.after()) && !each.isNew());
            unchanged = report.nodes().size() - shown.size();
        }
        int longest = shown.stream().mapToInt(each -> each.node().length()).max().orElse(0);
        int width = Math.max("node".length(), longest);
        lines.add("");
        lines.add("%s  %-14s  %-14s  %s".formatted(padded("node", width), "cpu", "memory", "pods"));
        for (Load each : shown) {
            lines.add(
                    "%s  %-14s  %-14s  %s"
                            .formatted(
                                    padded(each.node(), width),
                                    change(each, cpu(each, each.before()), cpu(each, each.after())),
                                    change(
                                            each,
                                            memory(each, each.before()),
                                            memory(each, each.after())),
                                    change(each, each.before().pods(), each.after().pods())));
        }
        if (unchanged > 0) {
            lines.add("and %d nodes on which nothing would change".formatted(unchanged));
        }
    }

    private static String change(Load load, Object before, Object after) {
        return load.isNew() ? "new → " + after : before + " → " + after;
    }

    private static String cpu(Load load, Usage usage) {
        return percent(usage.milliCpu(), load.milliCpu());
    }

    private static String memory(Load load, Usage usage) {
        return percent(usage.memory(), load.memory());
    }

    private static String percent(long used, long allocatable) {
        return allocatable == 0 ? "-" : Math.round(100.0 * used / allocatable) + "%";
    }

    private static String pods(int count) {
        return count == 1 ? "1 pod" : count + " pods";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
