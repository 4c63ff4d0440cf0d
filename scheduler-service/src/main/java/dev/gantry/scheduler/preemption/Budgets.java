package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All disruption budgets, as the feed tells them. One owner. */
public final class Budgets {
    private final SortedMap<String, SortedMap<String, Budget>> byNamespace = new TreeMap<>();
    private long version;

    public void put(Budget budget) {
        Budget before =
                byNamespace
                        .computeIfAbsent(budget.namespace(), _ -> new TreeMap<>())
                        .put(budget.name(), budget);
        version += budget.equals(before) ? 0 : 1;
    }

    public void remove(String namespace, String name) {
        SortedMap<String, Budget> there = byNamespace.get(namespace);
        if (there != null && there.remove(name) != null) {
            version++;
            if (there.isEmpty()) {
                byNamespace.remove(namespace);
            }
        }
    }

    /** By name. */
    public List<Budget> in(String namespace) {
        SortedMap<String, Budget> there = byNamespace.get(namespace);
        return there == null ? List.of() : List.copyOf(there.values());
    }

    /** For another owner. */
    public Budgets copy() {
        var copy = new Budgets();
        byNamespace.values().forEach(there -> there.values().forEach(copy::put));
        return copy;
    }

    /** Moves whenever a budget changed. */
    long version() {
        return version;
    }

    /** A fresh count of who may still leave. */
    Spending spend() {
        return new Spending();
    }

    /** What is left of the budgets while one pod after the other leaves. */
    final class Spending {
        private final Map<Budget, Integer> spent = new HashMap<>();

        /** Whether this pod's leaving, after those before it, is more than some budget allows. */
        boolean isTooMuch(PodInfo pod) {
            boolean isTooMuch = false;
            for (Budget each :
                    byNamespace.getOrDefault(pod.key().namespace(), new TreeMap<>()).values()) {
                if (each.protects(pod)) {
                    int leaving = spent.merge(each, 1, Integer::sum);
                    isTooMuch |= leaving > each.disruptionsAllowed();
                }
            }
            return isTooMuch;
        }
    }
}
