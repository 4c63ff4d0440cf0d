package dev.gantry.agent.network;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives names numbers that fit a packet mark, never the same number to two names.
 *
 * <p>Mutable with one owner. A number is not given out again after its name went, so that what the
 * kernel still remembers of it (a connection, a client with session affinity) can't come to mean
 * another.
 */
public final class MarkAllocator {
    private final Map<String, Integer> given = new HashMap<>();
    private int last;

    public int of(String name) {
        return given.computeIfAbsent(name, _ -> ++last);
    }

    public void retain(Set<String> names) {
        given.keySet().retainAll(names);
    }
}
