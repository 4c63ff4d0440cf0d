package dev.gantry.scheduler.snapshot;

import java.util.HashMap;
import java.util.Map;

/** How many pods of each owner stand on which row. */
final class Siblings {
    private static final int NONE = -1;

    private final Map<String, Map<Integer, Integer>> rowsByOwner = new HashMap<>();

    void add(String owner, int row) {
        if (!owner.isEmpty()) {
            rowsByOwner.computeIfAbsent(owner, _ -> new HashMap<>()).merge(row, 1, Integer::sum);
        }
    }

    void remove(String owner, int row) {
        Map<Integer, Integer> rows = rowsByOwner.get(owner);
        if (rows == null) {
            return;
        }
        rows.computeIfPresent(row, (_, count) -> count == 1 ? null : count - 1);
        if (rows.isEmpty()) {
            rowsByOwner.remove(owner);
        }
    }

    int soleRowOf(String owner) {
        Map<Integer, Integer> rows = rowsByOwner.get(owner);
        return rows == null || rows.size() != 1 ? NONE : rows.keySet().iterator().next();
    }
}
