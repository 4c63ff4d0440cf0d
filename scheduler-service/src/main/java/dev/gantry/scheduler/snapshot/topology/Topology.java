package dev.gantry.scheduler.snapshot.topology;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The domains of one topology key, that is, the values of one label of the nodes, as small numbers:
 * one per row. Always current; only the owning snapshot changes it.
 *
 * <p>Invariant: a number stands for the same value as long as any node has that value.
 */
public final class Topology {
    /** The domain of rows whose node lacks the label or does not exist. */
    public static final int NONE = -1;

    private final String key;
    private final Map<String, Integer> domains = new HashMap<>();
    private final Map<Integer, String> values = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] domainOfRow = {};
    private int[] nodes = {};
    private int bound;

    Topology(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** {@link #NONE} where the row belongs to no domain. */
    public int domainOf(int row) {
        return row < domainOfRow.length ? domainOfRow[row] : NONE;
    }

    /** By row, for all rows of the snapshot. Only to be read. */
    public int[] column() {
        return domainOfRow;
    }

    /** All domains are below this number. */
    public int bound() {
        return bound;
    }

    /** How many domains have nodes. */
    public int size() {
        return domains.size();
    }

    /** How many nodes there are per domain. Only to be read. */
    public int[] nodes() {
        return nodes;
    }

    public void put(int row, @Nullable String value) {
        ensure(row + 1);
        int before = domainOfRow[row];
        if (before != NONE && --nodes[before] == 0) {
            domains.remove(values.remove(before));
            free.add(before);
        }
        domainOfRow[row] = value == null ? NONE : domain(value);
        if (value != null) {
            nodes[domainOfRow[row]]++;
        }
    }

    private int domain(String value) {
        Integer known = domains.get(value);
        if (known != null) {
            return known;
        }
        Integer reused = free.poll();
        int domain = reused == null ? bound++ : reused;
        if (domain >= nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(8, nodes.length * 2));
        }
        domains.put(value, domain);
        values.put(domain, value);
        return domain;
    }

    private void ensure(int rows) {
        int before = domainOfRow.length;
        if (rows > before) {
            domainOfRow = Arrays.copyOf(domainOfRow, Math.max(rows, before * 2));
            Arrays.fill(domainOfRow, before, domainOfRow.length, NONE);
        }
    }
}
