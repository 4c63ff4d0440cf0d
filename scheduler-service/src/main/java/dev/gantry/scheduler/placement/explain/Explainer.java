package dev.gantry.scheduler.placement.explain;

import dev.gantry.scheduler.placement.explain.Explanation.Scored;
import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeOrder;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the verdicts on all nodes while one pod is being placed. */
public final class Explainer {
    private final ClusterSnapshot snapshot;
    private final SortedMap<String, BitSet> places = new TreeMap<>();
    private final SortedMap<String, RuledOut> ruledOut = new TreeMap<>();
    private final SortedMap<String, Integer> reasons = new TreeMap<>();
    private int freeable;

    public Explainer(ClusterSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    public void rejected(String rule, Verdict.Rejects verdict, NodeView node) {
        count(verdict, 1);
        put(rule, node.row());
    }

    /** Every node that is not among these, if there are any. */
    public void rejectedAllBut(List<NodeView> others, String rule, Verdict.Rejects verdict) {
        int rejected = snapshot.nodeCount() - others.size();
        if (rejected > 0) {
            BitSet out = snapshot.nodeOrder().all();
            others.forEach(each -> snapshot.nodeOrder().put(out, each.row(), false));
            places(rule).or(out);
            count(verdict, rejected);
        }
    }

    /**
     * Rows that were looked at together.
     *
     * @param from where in {@code rows} they begin
     * @param to where they end
     */
    public void rejected(
            String rule, Map<Verdict.Rejects, Integer> verdicts, int[] rows, int from, int to) {
        verdicts.forEach(this::count);
        BitSet out = places(rule);
        NodeOrder order = snapshot.nodeOrder();
        for (int i = from; i < to; i++) {
            order.put(out, rows[i], true);
        }
    }

    private void put(String rule, int row) {
        snapshot.nodeOrder().put(places(rule), row, true);
    }

    private BitSet places(String rule) {
        return places.computeIfAbsent(rule, _ -> new BitSet());
    }

    private void count(Verdict.Rejects verdict, int nodes) {
        verdict.reasons().forEach(reason -> reasons.merge(reason, nodes, Integer::sum));
        freeable += verdict.couldBeFreed() ? nodes : 0;
    }

    /** A rule that rejects the pod whatever the nodes are like: none is named. */
    public void rejectedByPreFilter(String rule, String reason, int nodes) {
        ruledOut.put(rule, new RuledOut(nodes, ""));
        reasons.put(reason, 0);
    }

    /** By rules that are not asked here: what they reject was kept elsewhere. */
    public void ruledOut(SortedMap<String, RuledOut> already) {
        ruledOut.putAll(already);
    }

    /** Reasons that were kept elsewhere. */
    public void reasons(Reasons already) {
        already.counts().forEach((reason, nodes) -> reasons.merge(reason, nodes, Integer::sum));
        freeable += already.freeable();
    }

    public Explanation unplaced(int nodes) {
        return new Explanation(
                nodes, 0, all(), reasons, freeable, Optional.empty(), Optional.empty());
    }

    public Explanation placed(int nodes, int feasible, Scored chosen, Optional<Scored> runnerUp) {
        return new Explanation(
                nodes, feasible, all(), new TreeMap<>(), 0, Optional.of(chosen), runnerUp);
    }

    /** Invariant: no rule is asked both here and elsewhere. */
    private SortedMap<String, RuledOut> all() {
        places.forEach((rule, out) -> ruledOut.put(rule, RuledOut.of(out, snapshot.nodeOrder())));
        return ruledOut;
    }
}
