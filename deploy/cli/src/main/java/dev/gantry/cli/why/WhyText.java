package dev.gantry.cli.why;

import dev.gantry.cli.why.WhyReport.Lack;
import dev.gantry.scheduler.placement.Explanation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A report as lines for people. */
public final class WhyText {
    private static final int GROUPS = 8;
    private static final int NAMED = 3;

    private final WhyReport report;
    private final List<String> lines = new ArrayList<>();

    private WhyText(WhyReport report) {
        this.report = report;
    }

    /** Of many groups of nodes only some. */
    public static List<String> brief(WhyReport report) {
        return new WhyText(report).write(GROUPS, NAMED);
    }

    public static List<String> complete(WhyReport report) {
        return new WhyText(report).write(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private List<String> write(int groups, int named) {
        lines.add("pod " + report.pod() + " " + headline());
        report.notes().forEach(note -> lines.add("  " + note));
        if (report.situation() == Situation.PLACED || report.situation() == Situation.FINISHED) {
            decision();
            today(named);
            return lines;
        }
        if (!report.message().isEmpty()) {
            lines.add("  " + report.message());
        }
        report.gang().ifPresent(gang -> gang(gang, groups, named));
        if (report.gang().isPresent() || fits()) {
            return lines;
        }
        if (!report.hindrances().isEmpty()) {
            lines.add("");
            lines.add("Whatever the node:");
            report.hindrances().forEach(each -> lines.add("  " + each));
        }
        if (!report.lacks().isEmpty()) {
            lines.add("");
            lines.add("What each node lacks:");
            lacks(groups, named);
        }
        suggestions();
        return lines;
    }

    private String headline() {
        return switch (report.situation()) {
            case GONE -> "does not exist";
            case FINISHED -> "has finished; it ran on " + report.node();
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

    private boolean fits() {
        return report.lacks().isEmpty() && report.hindrances().isEmpty();
    }

    private String otherwise() {
        return fits() ? "; it would fit on " + chosen() : "";
    }

    private String chosen() {
        return report.today()
                .flatMap(Explanation::chosen)
                .map(Explanation.Scored::node)
                .orElse("no node");
    }

    private void decision() {
        if (report.decision().isEmpty()) {
            lines.add("  No decision of Gantry's scheduler is kept on it: somebody else bound it.");
            return;
        }
        JsonNode kept = report.decision().get();
        String took = kept.has("tookMicros") ? " in " + time(kept.path("tookMicros").asLong()) : "";
        String profile =
                kept.has("profile") ? ", profile " + kept.path("profile").asString("") : "";
        lines.add("  decided " + report.decidedAt() + took + profile + ":");
        lines.add(
                "  %d of %d nodes fitted%s"
                        .formatted(
                                kept.path("feasible").asInt(),
                                kept.path("nodes").asInt(),
                                ruledOut(kept.path("ruledOut"))));
        if (kept.has("preemption")) {
            preemption(kept.path("preemption"));
        }
        if (!kept.has("score")) {
            return;
        }
        String second =
                kept.has("runnerUp")
                        ? "; the runner-up %s scored %d"
                                .formatted(
                                        kept.path("runnerUp").asString(""),
                                        kept.path("runnerUpScore").asInt())
                        : "; there was no other choice";
        lines.add("  it scored " + kept.path("score").asInt() + second);
        List<String> different = differences(kept.path("scores"));
        if (!different.isEmpty()) {
            lines.add("  where they differ: " + String.join(", ", different));
        }
    }

    /** Rules that gave the chosen node another score than the runner-up. */
    private static List<String> differences(JsonNode scores) {
        List<String> found = new ArrayList<>();
        scores.properties()
                .forEach(
                        each -> {
                            JsonNode both = each.getValue();
                            if (both.isArray()) {
                                found.add(
                                        "%s %d to %d"
                                                .formatted(
                                                        each.getKey(),
                                                        both.path(0).asInt(),
                                                        both.path(1).asInt()));
                            }
                        });
        return found;
    }

    private static String time(long micros) {
        return micros < 10_000 ? micros + " µs" : micros / 1000 + " ms";
    }

    /** It fitted nowhere until others left. */
    private void preemption(JsonNode kept) {
        List<String> victims = names(kept.path("victims"));
        int more = kept.path("moreVictims").asInt(0);
        int before = kept.path("lowerPriority").asInt();
        lines.add(
                "  %d of %d pods of lower priority made way there: %s%s"
                        .formatted(
                                victims.size() + more,
                                before,
                                String.join(", ", victims),
                                more == 0 ? "" : " and " + more + " more"));
        int broken = kept.path("brokenBudgets").asInt(0);
        if (broken > 0) {
            lines.add("  %d of them against a disruption budget".formatted(broken));
        }
        List<String> spared = names(kept.path("spared"));
        int unnamed = before - victims.size() - more - spared.size();
        if (!spared.isEmpty()) {
            lines.add(
                    "  these could stay: %s%s"
                            .formatted(
                                    String.join(", ", spared),
                                    unnamed > 0 ? " and " + unnamed + " more" : ""));
        }
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(each -> names.add(each.asString("")));
        return names;
    }

    private static String ruledOut(JsonNode rules) {
        List<String> parts = new ArrayList<>();
        rules.properties()
                .forEach(each -> parts.add(each.getValue().asInt() + " by " + each.getKey()));
        return parts.isEmpty() ? "" : "; ruled out " + String.join(", ", parts);
    }

    private void today(int named) {
        if (report.today().isEmpty()) {
            return;
        }
        Explanation now = report.today().get();
        if (now.chosen().isEmpty()) {
            lines.add("Were it placed today, it would fit nowhere:");
            lines.add("  " + report.message());
        } else if (now.chosen().get().node().equals(report.node())) {
            lines.add(
                    "Were it placed today, it would come here again (score %d%s)."
                            .formatted(now.chosen().get().score(), runnerUp(now)));
        } else {
            lines.add(
                    "Were it placed today, it would go to %s (score %d%s)."
                            .formatted(
                                    now.chosen().get().node(),
                                    now.chosen().get().score(),
                                    runnerUp(now)));
        }
        List<Lack> own =
                report.lacks().stream().filter(l -> l.nodes().contains(report.node())).toList();
        if (!own.isEmpty()) {
            lines.add("Its own node would not take it:");
            lines.add("  " + report.node());
            own.getFirst().reasons().forEach(reason -> lines.add("    " + reason));
        }
        others(named);
    }

    /** Who asks where a pod is rarely asks where it is not. */
    private void others(int named) {
        List<Lack> others =
                report.lacks().stream()
                        .map(l -> new Lack(except(l.nodes(), report.node()), l.reasons()))
                        .filter(l -> !l.nodes().isEmpty())
                        .toList();
        int nodes = others.stream().mapToInt(l -> l.nodes().size()).sum();
        if (nodes == 0) {
            return;
        }
        if (named == NAMED) {
            lines.add(
                    "%d other %s not take it (-v says why)."
                            .formatted(nodes, nodes == 1 ? "node would" : "nodes would"));
            return;
        }
        lines.add("Other nodes would not take it:");
        lacks(others, others.size(), named);
    }

    private static List<String> except(List<String> names, String left) {
        return names.stream().filter(each -> !each.equals(left)).toList();
    }

    private static String runnerUp(Explanation explanation) {
        return explanation
                .runnerUp()
                .map(second -> ", runner-up %s with %d".formatted(second.node(), second.score()))
                .orElse("");
    }

    private void lacks(int groups, int named) {
        lacks(report.lacks(), groups, named);
    }

    private void lacks(List<Lack> all, int groups, int named) {
        List<Lack> shown = all.subList(0, Math.min(groups, all.size()));
        for (Lack each : shown) {
            lines.add("  " + nodes(each.nodes(), named));
            each.reasons().forEach(reason -> lines.add("    " + reason));
        }
        int left = all.stream().skip(shown.size()).mapToInt(l -> l.nodes().size()).sum();
        if (left > 0) {
            lines.add("  and %d more nodes (-v shows all)".formatted(left));
        }
    }

    private void gang(GangReport gang, int groups, int named) {
        GangText.lines(gang, Math.max(named, GROUPS)).forEach(each -> lines.add("  " + each));
        if (gang.stuck().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("What each node lacks for %s then:".formatted(gang.stuck()));
        lacks(groups, named);
        lines.add("");
        if (gang.changes().isEmpty()) {
            lines.add("No small change would make all of them fit.");
            return;
        }
        lines.add("Each of these would be enough:");
        gang.changes().forEach(each -> lines.add("  " + each));
    }

    private static String nodes(List<String> names, int named) {
        // One more name is as short as the word that it is left out.
        boolean areAll = names.size() - 1 <= named;
        String first = String.join(", ", areAll ? names : names.subList(0, named));
        return areAll ? first : "%d nodes: %s, …".formatted(names.size(), first);
    }

    private void suggestions() {
        lines.add("");
        if (report.suggestions().isEmpty()) {
            lines.add("No small change would make it fit.");
            return;
        }
        lines.add("It");
        report.suggestions().forEach(each -> lines.add("  " + each.text()));
    }
}
