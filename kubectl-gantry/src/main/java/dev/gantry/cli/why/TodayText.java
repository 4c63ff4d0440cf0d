package dev.gantry.cli.why;

import dev.gantry.scheduler.placement.explain.Explanation;
import java.util.ArrayList;
import java.util.List;

/** Where a placed pod would go if it came today, as lines for people. */
final class TodayText {
    private final WhyReport report;
    private final List<String> lines = new ArrayList<>();

    private TodayText(WhyReport report) {
        this.report = report;
    }

    static List<String> lines(WhyReport report, Detail detail) {
        var text = new TodayText(report);
        report.said()
                .today()
                .ifPresent(
                        now -> {
                            text.today(now);
                            text.ownNode();
                            text.others(detail);
                        });
        return text.lines;
    }

    private void today(Explanation now) {
        if (now.chosen().isEmpty()) {
            lines.add("Were it placed today, it would fit nowhere:");
            lines.add("  " + report.said().message());
            return;
        }
        String node = now.chosen().get().node();
        lines.add(
                "Were it placed today, it would %s (score %d%s)."
                        .formatted(
                                node.equals(report.node()) ? "come here again" : "go to " + node,
                                now.chosen().get().score(),
                                runnerUp(now)));
    }

    private static String runnerUp(Explanation explanation) {
        return explanation
                .runnerUp()
                .map(second -> ", runner-up %s with %d".formatted(second.node(), second.score()))
                .orElse("");
    }

    private void ownNode() {
        for (Lack each : report.obstacles().lacks()) {
            if (each.nodes().contains(report.node())) {
                lines.add("Its own node would not take it:");
                lines.add("  " + report.node());
                each.reasons().forEach(reason -> lines.add("    " + reason));
                return;
            }
        }
    }

    /** Who asks where a pod is rarely asks where it is not. */
    private void others(Detail detail) {
        List<Lack> others =
                report.obstacles().lacks().stream()
                        .map(each -> each.without(report.node()))
                        .filter(each -> !each.nodes().isEmpty())
                        .toList();
        int nodes = others.stream().mapToInt(each -> each.nodes().size()).sum();
        if (nodes == 0) {
            return;
        }
        if (detail.isBrief()) {
            lines.add(
                    "%d other %s not take it (-v says why)."
                            .formatted(nodes, nodes == 1 ? "node would" : "nodes would"));
            return;
        }
        lines.add("Other nodes would not take it:");
        lines.addAll(LackText.lines(others, detail));
    }
}
