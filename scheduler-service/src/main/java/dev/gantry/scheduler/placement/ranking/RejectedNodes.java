package dev.gantry.scheduler.placement.ranking;

import dev.gantry.scheduler.placement.explain.RuledOut;
import dev.gantry.scheduler.plugin.Filter;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes each filter of a ranking rejects.
 *
 * <p>Cost: the pods of one signature, placed one after the other, are told the same until a node
 * moves from one filter to another, which is when it fills up: one map serves them all, and a text
 * is made anew for the filters that something happened to.
 */
final class RejectedNodes {
    private final List<String> rules = new ArrayList<>();
    private final List<BitSet> places = new ArrayList<>();
    private final @Nullable RuledOut[] texts;
    private final int[] ruleOf;
    private @Nullable NodeOrder order;
    private @Nullable SortedMap<String, RuledOut> told;

    RejectedNodes(List<Filter> filters) {
        ruleOf = new int[filters.size()];
        for (int i = 0; i < ruleOf.length; i++) {
            String rule = filters.get(i).name();
            if (!rules.contains(rule)) {
                rules.add(rule);
                places.add(new BitSet());
            }
            ruleOf[i] = rules.indexOf(rule);
        }
        texts = new RuledOut[rules.size()];
    }

    void clear() {
        order = null;
        told = null;
    }

    /** Another filter, or none, rejects the row now: a negative number is none. */
    void moved(int row, byte before, byte now) {
        if (before == now) {
            return;
        }
        put(row, before, false);
        put(row, now, true);
    }

    private void put(int row, byte filter, boolean isIn) {
        if (filter < 0) {
            return;
        }
        told = null;
        texts[ruleOf[filter]] = null;
        if (order != null) {
            order.put(places.get(ruleOf[filter]), row, isIn);
        }
    }

    /**
     * By rule.
     *
     * @param rejectedBy by row
     */
    SortedMap<String, RuledOut> told(ClusterSnapshot snapshot, byte[] rejectedBy) {
        SortedMap<String, RuledOut> known = told;
        if (known != null) {
            return known;
        }
        NodeOrder current = snapshot.nodeOrder();
        if (order != current) {
            reorder(current, rejectedBy);
        }
        SortedMap<String, RuledOut> all = new TreeMap<>();
        for (int rule = 0; rule < texts.length; rule++) {
            RuledOut text = texts[rule];
            if (text == null) {
                text = RuledOut.of(places.get(rule), current);
                texts[rule] = text;
            }
            if (text.nodes() > 0) {
                all.put(rules.get(rule), text);
            }
        }
        told = Collections.unmodifiableSortedMap(all);
        return told;
    }

    /** Nodes have come or gone since, and all have other places. */
    private void reorder(NodeOrder current, byte[] rejectedBy) {
        order = current;
        places.forEach(BitSet::clear);
        Arrays.fill(texts, null);
        for (int row = 0; row < rejectedBy.length; row++) {
            if (rejectedBy[row] >= 0) {
                current.put(places.get(ruleOf[rejectedBy[row]]), row, true);
            }
        }
    }
}
