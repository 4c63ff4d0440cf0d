package dev.gantry.cli.why;

import dev.gantry.scheduler.placement.explain.Explanation;
import java.util.ArrayList;
import java.util.List;

/** A report as lines for people. */
public final class WhyText {
    private final WhyReport report;
    private final Detail detail;
    private final List<String> lines = new ArrayList<>();

    private WhyText(WhyReport report, Detail detail) {
        this.report = report;
        this.detail = detail;
    }

    /** Of many groups of nodes only some. */
    public static List<String> brief(WhyReport report) {
        return new WhyText(report, Detail.BRIEF).write();
    }

    public static List<String> complete(WhyReport report) {
        return new WhyText(report, Detail.COMPLETE).write();
    }

    private List<String> write() {
        lines.add("pod " + report.pod() + " " + headline());
        report.notes().forEach(note -> lines.add("  " + note));
        switch (report.situation()) {
            case GONE, LEAVING -> {}
            case PLACED, FINISHED -> placed();
            case GATED, FOREIGN, NOMINATED, MUSTERING, PENDING, FITS -> waiting();
        }
        return lines;
    }

    private String headline() {
        return switch (report.situation()) {
            case GONE -> "does not exist";
            case FINISHED ->
                    report.node().isEmpty()
                            ? "has finished; it never had a node"
                            : "has finished; it ran on " + report.node();
            case PLACED -> "is on " + report.node();
            case LEAVING -> "is being deleted; it never had a node";
            case GATED -> "must not be placed yet" + otherwise();
            case FOREIGN -> "is not ours to place" + otherwise();
            case NOMINATED ->
                    "waits for room on " + report.node() + ": pods there are making way for it";
            case MUSTERING -> "waits with its gang";
            case PENDING -> "fits nowhere";
            case FITS -> "waits, and would be placed on " + chosen() + " now";
        };
    }

    private String otherwise() {
        return report.obstacles().areNone() ? "; it would fit on " + chosen() : "";
    }

    private String chosen() {
        return report.said()
                .today()
                .flatMap(Explanation::chosen)
                .map(Explanation.Scored::node)
                .orElse("no node");
    }

    private void placed() {
        if (!report.node().isEmpty()) {
            lines.addAll(DecisionText.lines(report.said()));
            lines.addAll(TodayText.lines(report, detail));
        }
    }

    private void waiting() {
        if (report.situation() == Situation.NOMINATED) {
            report.said().decision().map(DecisionText::makingWay).ifPresent(lines::addAll);
        } else if (!report.said().message().isEmpty()) {
            lines.add("  " + report.said().message());
        }
        if (report.gang().isPresent()) {
            gang(report.gang().get());
        } else if (!report.obstacles().areNone()) {
            obstacles(report.obstacles());
        }
    }

    private void obstacles(Obstacles all) {
        if (!all.everywhere().isEmpty()) {
            lines.add("");
            lines.add("Whatever the node:");
            all.everywhere().forEach(each -> lines.add("  " + each));
        }
        if (!all.lacks().isEmpty()) {
            lines.add("");
            lines.add("What each node lacks:");
            lines.addAll(LackText.lines(all.lacks(), detail));
        }
        lines.add("");
        if (all.suggestions().isEmpty()) {
            lines.add("No small change would make it fit.");
            return;
        }
        lines.add("It");
        all.suggestions().forEach(each -> lines.add("  " + each.text()));
    }

    private void gang(GangReport gang) {
        GangText.lines(gang, Math.max(detail.named(), Detail.BRIEF.groups()))
                .forEach(each -> lines.add("  " + each));
        if (gang.stuck().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What each node lacks for %s then:".formatted(gang.stuck()));
        lines.addAll(LackText.lines(gang.lacks(), detail));
        lines.add("");
        if (gang.changes().isEmpty()) {
            lines.add("No small change would make all of them fit.");
            return;
        }
        lines.add("Each of these would be enough:");
        gang.changes().forEach(each -> lines.add("  " + each));
    }
}
