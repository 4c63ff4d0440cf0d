package dev.gantry.scheduler.placement.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a decision fell as it did.
 *
 * @param nodes how many nodes there were
 * @param feasible how many passed every filter
 * @param ruledOut which nodes each filter rejected first, by the filter's name
 * @param reasons how many nodes gave each reason; only where the pod was not placed. A reason that
 *     holds whatever the nodes are like has the number 0
 * @param freeable how many nodes might fit if pods were taken off them; only where it was not
 * @param chosen the best node
 * @param runnerUp the second best
 */
public record Explanation(
        int nodes,
        int feasible,
        SortedMap<String, RuledOut> ruledOut,
        SortedMap<String, Integer> reasons,
        int freeable,
        Optional<Scored> chosen,
        Optional<Scored> runnerUp) {
    private static final int REASONS = 4;

    /** How many characters all names of nodes that were ruled out may take. */
    private static final int NAMES = 480;

    /** A node, what it scored, and which rule gave it how much of that. */
    public record Scored(String node, int score, SortedMap<String, Integer> byRule) {}

    /**
     * For the binding message, kept on the pod, and for people who ask why. Some 300 bytes, and
     * those of names: of many reasons only those of most nodes are told.
     */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        chosen.ifPresent(best -> json.put("node", best.node()).put("score", best.score()));
        runnerUp.ifPresent(
                second -> json.put("runnerUp", second.node()).put("runnerUpScore", second.score()));
        json.put("nodes", nodes).put("feasible", feasible);
        chosen.ifPresent(best -> putScores(best, json.putObject("scores")));
        ObjectNode filters = json.putObject("ruledOut");
        ruledOut.forEach((rule, out) -> filters.put(rule, out.nodes()));
        putNames(json);
        if (chosen.isEmpty()) {
            ObjectNode why = json.putObject("reasons");
            reasons.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .limit(REASONS)
                    .forEach(each -> why.put(each.getKey(), each.getValue()));
        }
        return json;
    }

    /** The rule that rejected the pod whatever the nodes are like, where one did. */
    public Optional<String> preFilterRejectedBy() {
        boolean isHindered = !reasons.isEmpty() && reasons.values().stream().allMatch(n -> n == 0);
        return isHindered ? ruledOut.keySet().stream().findFirst() : Optional.empty();
    }

    /** Upstream's words for why the nodes were of no use. */
    public String found() {
        return "0/%d nodes are available:%s".formatted(nodes, histogram(reasons));
    }

    /** Upstream's message about the nodes on which preemption was tried in vain. */
    public String preemptionMessage(SortedMap<String, Integer> nodesByReason) {
        return "0/%d nodes are available:%s".formatted(nodes, histogram(nodesByReason));
    }

    /** What {@link #preemptionMessage} would be if no node had victims. */
    public String hopeless() {
        SortedMap<String, Integer> hopes = new TreeMap<>();
        if (freeable > 0) {
            hopes.put("No preemption victims found for incoming pod", freeable);
        }
        if (nodes > freeable) {
            hopes.put("Preemption is not helpful for scheduling", nodes - freeable);
        }
        return preemptionMessage(hopes);
    }

    /** Beside the numbers, which stay numbers for programs. */
    private void putNames(ObjectNode json) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        int left = NAMES;
        for (Map.Entry<String, RuledOut> each : ruledOut.entrySet()) {
            String which = each.getValue().which();
            if (!which.isEmpty() && which.length() <= left) {
                names.put(each.getKey(), which);
                left -= which.length();
            }
        }
        if (!names.isEmpty()) {
            json.set("ruledOutNodes", names);
        }
    }

    /** Per rule what the chosen node got, and, where it differs, the runner-up. */
    private void putScores(Scored best, ObjectNode scores) {
        best.byRule()
                .forEach(
                        (rule, score) -> {
                            int other =
                                    runnerUp.map(second -> second.byRule().getOrDefault(rule, 0))
                                            .orElse(score);
                            if (other == score) {
                                scores.put(rule, score);
                            } else {
                                scores.putArray(rule).add(score).add(other);
                            }
                        });
    }

    private static String histogram(SortedMap<String, Integer> counts) {
        if (counts.isEmpty()) {
            return "";
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Integer> each : counts.entrySet()) {
            String count = each.getValue() == 0 ? "" : each.getValue() + " ";
            lines.add(count + each.getKey());
        }
        lines.sort(null);
        return " " + String.join(", ", lines) + ".";
    }
}
