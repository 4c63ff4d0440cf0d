package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.MessageText;
import dev.gantry.cli.plan.PlanReport.Fate;
import dev.gantry.cli.plan.PlanReport.Group;
import dev.gantry.cli.plan.PlanReport.Preempted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** A plan's outcome as lines for people. */
public final class PlanText {
    /** More than this is left for {@code -v}. */
    private static final int LISTED = 20;

    private static final int NAMED = 3;

    private final PlanReport report;
    private final int listed;
    private final List<String> lines = new ArrayList<>();

    private PlanText(PlanReport report, int listed) {
        this.report = report;
        this.listed = listed;
    }

    /** Of many pods and nodes only some. */
    public static List<String> brief(PlanReport report) {
        return new PlanText(report, LISTED).write();
    }

    public static List<String> complete(PlanReport report) {
        return new PlanText(report, Integer.MAX_VALUE).write();
    }

    private List<String> write() {
        report.workloads().forEach(this::workload);
        if (!report.drained().isEmpty()) {
            lines.add("Drained:");
            fates(report.drained());
        }
        if (!report.lost().isEmpty()) {
            lines.add("Gone for good, as no controller would start them again:");
            list(report.lost(), pod -> "  " + pod);
        }
        if (!report.preempted().isEmpty()) {
            lines.add("Preempted:");
            list(report.preempted(), PlanText::preempted);
        }
        waiting();
        report.notes().forEach(note -> lines.add("Note: " + note));
        lines.add("");
        lines.addAll(LoadTable.lines(report.nodes(), listed));
        return lines;
    }

    /** Pods are counted per node; those that stay pending are counted per reason. */
    private void workload(Group group) {
        if (!group.refusal().isEmpty()) {
            lines.add(group.title() + ": the API refuses it");
            lines.add("  " + group.refusal());
            return;
        }
        List<Fate> pending = group.pods().stream().filter(PlanReport::isPending).toList();
        lines.add(
                "%s: %s%s"
                        .formatted(
                                group.title(),
                                pods(group.pods().size()),
                                pending.isEmpty()
                                        ? ""
                                        : ", " + pending.size() + " would stay pending"));
        SortedMap<String, Integer> nodes = new TreeMap<>();
        for (Fate each : group.pods()) {
            if (!PlanReport.isPending(each)) {
                nodes.merge(each.node(), 1, Integer::sum);
            }
        }
        int width = nodes.keySet().stream().mapToInt(String::length).max().orElse(0);
        list(
                List.copyOf(nodes.entrySet()),
                each -> "  %s  %d".formatted(padded(each.getKey(), width), each.getValue()));
        byReason(pending)
                .forEach(
                        (reason, pods) ->
                                lines.add("  pending  %d: %s".formatted(pods.size(), reason)));
    }

    /** Where each goes; those that go nowhere, by reason. */
    private void fates(List<Fate> fates) {
        list(
                fates.stream().filter(each -> !PlanReport.isPending(each)).toList(),
                each -> "  " + each.pod() + " → " + each.node());
        byReason(fates.stream().filter(PlanReport::isPending).toList())
                .forEach((reason, pods) -> lines.add("  %s %s".formatted(some(pods), reason)));
    }

    private static String some(List<Fate> pods) {
        List<String> named = pods.stream().limit(NAMED).map(Fate::pod).toList();
        int left = pods.size() - named.size();
        return "%s%s would stay pending:"
                .formatted(String.join(", ", named), left == 0 ? "" : " and " + left + " more");
    }

    private static SortedMap<String, List<Fate>> byReason(List<Fate> pending) {
        SortedMap<String, List<Fate>> byReason = new TreeMap<>();
        for (Fate each : pending) {
            byReason.computeIfAbsent(MessageText.briefly(each.message()), _ -> new ArrayList<>())
                    .add(each);
        }
        return byReason;
    }

    private static String preempted(Preempted each) {
        String then =
                each.anew()
                        .map(
                                fate ->
                                        PlanReport.isPending(fate)
                                                ? "would stay pending: "
                                                        + MessageText.briefly(fate.message())
                                                : "→ " + fate.node())
                        .orElse("and nobody would start it again");
        return "  %s on %s makes way for %s, %s"
                .formatted(each.pod(), each.node(), each.by(), then);
    }

    /** Pods that the plan does not help are not what was asked about. */
    private void waiting() {
        List<Fate> helped =
                report.waiting().stream().filter(each -> !PlanReport.isPending(each)).toList();
        int others = report.waiting().size() - helped.size();
        if (!helped.isEmpty() || others > 0 && listed > LISTED) {
            lines.add("Waiting today already:");
            fates(listed > LISTED ? report.waiting() : helped);
        }
        if (others > 0 && listed <= LISTED) {
            lines.add(
                    "Note: %s already and would go on waiting (-v says why)"
                            .formatted(others == 1 ? "1 pod waits" : others + " pods wait"));
        }
    }

    private <T> void list(List<T> all, Function<T, String> line) {
        all.stream().limit(listed).map(line).forEach(lines::add);
        if (all.size() > listed) {
            lines.add("  and %d more (-v lists them)".formatted(all.size() - listed));
        }
    }

    static String pods(long count) {
        return count == 1 ? "1 pod" : count + " pods";
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
