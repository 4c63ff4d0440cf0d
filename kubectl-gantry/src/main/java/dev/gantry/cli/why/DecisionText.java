package dev.gantry.cli.why;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A decision that was kept, as lines for people. */
final class DecisionText {
    /** What a filter's name means to those who don't know upstream's. */
    private static final Map<String, String> MEANINGS =
            Map.ofEntries(
                    Map.entry("NodeResourcesFit", "too little room"),
                    Map.entry("NodeUnschedulable", "cordoned"),
                    Map.entry("TaintToleration", "a taint that it does not tolerate"),
                    Map.entry("NodeAffinity", "not among the nodes that it asks for"),
                    Map.entry("NodePorts", "a host port that is taken"),
                    Map.entry("NodeDeclaredFeatures", "a feature that is not there"),
                    Map.entry("PodTopologySpread", "its spread"),
                    Map.entry("InterPodAffinity", "other pods near, or not near"),
                    Map.entry("VolumeBinding", "no volume for a claim"),
                    Map.entry("VolumeZone", "a volume in another zone"),
                    Map.entry("VolumeRestrictions", "a volume in use"),
                    Map.entry("NodeVolumeLimits", "too many volumes"),
                    Map.entry("DynamicResources", "no devices for a claim"));

    private final JsonNode kept;
    private final List<String> lines = new ArrayList<>();

    private DecisionText(JsonNode kept) {
        this.kept = kept;
    }

    static List<String> lines(Said said) {
        if (said.decision().isEmpty()) {
            return List.of(
                    "  No decision of Gantry's scheduler is kept on it: somebody else bound it.");
        }
        var text = new DecisionText(said.decision().get());
        text.lines.add("  decided " + said.decidedAt() + text.circumstances() + ":");
        text.ruledOut();
        text.preempted("made way");
        text.scores();
        return text.lines;
    }

    /** Which pods make way for a pod; nothing where none has to. */
    static List<String> makingWay(JsonNode kept) {
        var text = new DecisionText(kept);
        text.preempted("make way");
        return text.lines;
    }

    private String circumstances() {
        String took = kept.has("tookMicros") ? " in " + time(kept.path("tookMicros").asLong()) : "";
        String profile = kept.has("profile") ? ", profile " + text("profile") : "";
        return took + profile;
    }

    private static String time(long micros) {
        return micros < 10_000 ? micros + " µs" : micros / 1000 + " ms";
    }

    private String text(String field) {
        return kept.path(field).asString("");
    }

    private void ruledOut() {
        int nodes = kept.path("nodes").asInt();
        int feasible = kept.path("feasible").asInt();
        int out = 0;
        for (JsonNode each : kept.path("ruledOut")) {
            out += each.asInt();
        }
        if (feasible > 0 && feasible + out < nodes) {
            lines.add(
                    "  it had been nominated to its node: the other %d were not asked"
                            .formatted(nodes - feasible - out));
        } else {
            lines.add(
                    "  %d of %d nodes fitted%s"
                            .formatted(feasible, nodes, out == 0 ? "" : "; ruled out:"));
        }
        byRule(kept);
    }

    private void byRule(JsonNode counted) {
        for (Map.Entry<String, JsonNode> each : counted.path("ruledOut").properties()) {
            String rule = each.getKey();
            String meaning = MEANINGS.containsKey(rule) ? " (" + MEANINGS.get(rule) + ")" : "";
            String which = counted.path("ruledOutNodes").path(rule).asString("");
            lines.add(
                    "    %d by %s%s%s"
                            .formatted(
                                    each.getValue().asInt(),
                                    rule,
                                    meaning,
                                    which.isEmpty() ? "" : ": " + which));
        }
    }

    /** It fitted nowhere until others left. */
    private void preempted(String makeWay) {
        if (!kept.has("preemption")) {
            return;
        }
        JsonNode preemption = kept.path("preemption");
        if (preemption.has("ruledOut")) {
            lines.add("  before that no node fitted; ruled out:");
            byRule(preemption);
        }
        List<String> victims = names(preemption.path("victims"));
        int more = preemption.path("moreVictims").asInt(0);
        int before = preemption.path("lowerPriority").asInt();
        lines.add(
                "  %d of %d pods of lower priority there %s: %s%s"
                        .formatted(
                                victims.size() + more,
                                before,
                                makeWay,
                                String.join(", ", victims),
                                more == 0 ? "" : " and " + more + " more"));
        int broken = preemption.path("brokenBudgets").asInt(0);
        if (broken > 0) {
            lines.add("  %d of them against a disruption budget".formatted(broken));
        }
        List<String> spared = names(preemption.path("spared"));
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

    private void scores() {
        if (!kept.has("score")) {
            return;
        }
        String second =
                kept.has("runnerUp")
                        ? "; the runner-up %s scored %d"
                                .formatted(text("runnerUp"), kept.path("runnerUpScore").asInt())
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
        for (Map.Entry<String, JsonNode> each : scores.properties()) {
            JsonNode both = each.getValue();
            if (both.isArray()) {
                found.add(
                        "%s %d to %d"
                                .formatted(
                                        each.getKey(), both.path(0).asInt(), both.path(1).asInt()));
            }
        }
        return found;
    }
}
