package dev.gantry.scheduler.placement.explain;

import dev.gantry.scheduler.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes give which reason, kept up to date node by node.
 *
 * <p>Cost: a hundred pods that fit nowhere and are tried again would each word the rejections of
 * all nodes anew; this way they word those of the nodes that changed.
 */
public final class Reasons {
    private final List<Verdict.@Nullable Rejects> byRow = new ArrayList<>();
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private int freeable;

    SortedMap<String, Integer> counts() {
        return counts;
    }

    /** How many nodes might fit if pods were taken off them. */
    int freeable() {
        return freeable;
    }

    public void set(int row, Verdict.@Nullable Rejects verdict) {
        while (byRow.size() <= row) {
            byRow.add(null);
        }
        Verdict.Rejects before = byRow.set(row, verdict);
        if (before != null) {
            add(before, -1);
        }
        if (verdict != null) {
            add(verdict, 1);
        }
    }

    private void add(Verdict.Rejects verdict, int change) {
        freeable += verdict.couldBeFreed() ? change : 0;
        for (String reason : verdict.reasons()) {
            int count = counts.merge(reason, change, Integer::sum);
            if (count == 0) {
                counts.remove(reason);
            }
        }
    }
}
