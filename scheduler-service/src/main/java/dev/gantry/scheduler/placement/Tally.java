package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.filter.Verdict;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the verdicts on all nodes while one pod is being placed. */
final class Tally {
    private final SortedMap<String, Integer> ruledOut = new TreeMap<>();
    private final SortedMap<String, Integer> reasons = new TreeMap<>();
    private int feasible;
    private int freeable;

    void fits() {
        feasible++;
    }

    void rejected(String rule, Verdict.Rejects verdict) {
        ruledOut.merge(rule, 1, Integer::sum);
        verdict.reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
        freeable += verdict.couldBeFreed() ? 1 : 0;
    }

    /** A rule that rejects the pod whatever the nodes are like. */
    void hindered(String rule, String reason, int nodes) {
        ruledOut.put(rule, nodes);
        reasons.put(reason, 0);
    }

    /** Counts that were kept elsewhere. */
    void add(SortedMap<String, Integer> already) {
        already.forEach((rule, nodes) -> ruledOut.merge(rule, nodes, Integer::sum));
    }

    int feasible() {
        return feasible;
    }

    Explanation unplaced(int nodes) {
        return new Explanation(
                nodes, feasible, ruledOut, reasons, freeable, Optional.empty(), Optional.empty());
    }

    Explanation placed(int nodes, Scored chosen, Optional<Scored> runnerUp) {
        return new Explanation(
                nodes, feasible, ruledOut, new TreeMap<>(), 0, Optional.of(chosen), runnerUp);
    }
}
