package dev.gantry.cli.why;

import dev.gantry.cli.why.OwnerReport.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the pods of a workload stand, as lines for people. */
public final class OwnerText {
    private OwnerText() {}

    public static List<String> brief(OwnerReport report) {
        return lines(report, Detail.BRIEF);
    }

    public static List<String> complete(OwnerReport report) {
        return lines(report, Detail.COMPLETE);
    }

    private static List<String> lines(OwnerReport report, Detail detail) {
        List<String> lines = new ArrayList<>();
        lines.add(report.owner() + headline(report));
        if (!report.placed().isEmpty()) {
            lines.add("  " + places(report.placed(), detail));
        }
        if (report.missing() > 0) {
            lines.add("  " + report.missing() + " more have yet to be created");
        }
        report.first()
                .ifPresent(
                        first -> {
                            lines.add("");
                            lines.addAll(
                                    detail.isBrief()
                                            ? WhyText.brief(first)
                                            : WhyText.complete(first));
                            others(report, first, detail).forEach(lines::add);
                        });
        if (report.first().isEmpty() && !report.placed().isEmpty()) {
            lines.add("Ask for one of them why it is there: pod/" + name(report.placed()));
        }
        return lines;
    }

    private static String headline(OwnerReport report) {
        int all = report.pods().size();
        if (all == 0) {
            return " has no pods";
        }
        int placed = report.placed().size();
        int waiting = report.waiting().size();
        List<String> parts = new ArrayList<>();
        if (placed > 0) {
            parts.add(placed + (placed == 1 ? " on a node" : " on nodes"));
        }
        if (waiting > 0) {
            parts.add(waiting + " waiting");
        }
        if (all > placed + waiting) {
            parts.add(all - placed - waiting + " finished or leaving");
        }
        return " has %d pod%s: %s".formatted(all, all == 1 ? "" : "s", String.join(", ", parts));
    }

    private static String places(List<Member> placed, Detail detail) {
        Map<String, Integer> byNode = new TreeMap<>();
        placed.forEach(each -> byNode.merge(each.node(), 1, Integer::sum));
        List<String> nodes = new ArrayList<>();
        byNode.forEach((node, pods) -> nodes.add(pods == 1 ? node : node + " (" + pods + ")"));
        return "on " + GangText.some(nodes, Math.max(detail.groups(), detail.named()));
    }

    private static List<String> others(OwnerReport report, WhyReport first, Detail detail) {
        List<String> names =
                report.waiting().stream()
                        .map(Member::pod)
                        .filter(each -> !first.pod().endsWith("/" + each))
                        .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String who = GangText.some(names, Math.max(detail.groups(), detail.named()));
        return List.of("", (names.size() == 1 ? "Also waiting: " : "Also waiting are: ") + who);
    }

    private static String name(List<Member> pods) {
        return pods.getFirst().pod();
    }
}
