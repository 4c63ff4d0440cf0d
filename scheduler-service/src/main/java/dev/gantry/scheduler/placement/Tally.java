package dev.gantry.scheduler.placement;

import dev.gantry.scheduler.placement.Explanation.Scored;
import dev.gantry.scheduler.placement.filter.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the verdicts on all nodes while one pod is being placed. */
final class Tally {
    private final SortedMap<String, Integer> ruledOut = new TreeMap<>();
    private final SortedMap<String, Integer> reasons = new TreeMap<>();
    private int freeable;

    void rejected(String rule, Verdict.Rejects verdict) {
        rejected(rule, verdict, 1);
    }

    void rejected(String rule, Verdict.Rejects verdict, int nodes) {
        if (nodes == 0) {
            return;
        }
        ruledOut.merge(rule, nodes, Integer::sum);
        verdict.reasons().forEach(reason -> reasons.merge(reason, nodes, Integer::sum));
        freeable += verdict.couldBeFreed() ? nodes : 0;
    }

    void rejected(String rule, Map<Verdict.Rejects, Integer> verdicts) {
        verdicts.forEach((verdict, nodes) -> rejected(rule, verdict, nodes));
    }

    /** A rule that rejects the pod whatever the nodes are like. */
    void hindered(String rule, String reason, int nodes) {
        ruledOut.put(rule, nodes);
        reasons.put(reason, 0);
    }

    /** Counts that were kept elsewhere. */
    void ruledOut(SortedMap<String, Integer> already) {
        already.forEach((rule, nodes) -> ruledOut.merge(rule, nodes, Integer::sum));
    }

    /** Reasons that were kept elsewhere. */
    void reasons(Reasons already) {
        already.counts().forEach((reason, nodes) -> reasons.merge(reason, nodes, Integer::sum));
        freeable += already.freeable();
    }

    Explanation unplaced(int nodes) {
        return new Explanation(
                nodes, 0, ruledOut, reasons, freeable, Optional.empty(), Optional.empty());
    }

    Explanation placed(int nodes, int feasible, Scored chosen, Optional<Scored> runnerUp) {
        return new Explanation(
                nodes, feasible, ruledOut, new TreeMap<>(), 0, Optional.of(chosen), runnerUp);
    }
}
