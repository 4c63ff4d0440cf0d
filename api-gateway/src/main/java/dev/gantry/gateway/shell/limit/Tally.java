package dev.gantry.gateway.shell.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each has open at once. */
public final class Tally {
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /** False, and nothing is counted, where {@code who} has {@code most} open already. */
    public boolean enter(String who, int most) {
        boolean[] entered = new boolean[1];
        open.compute(
                who,
                (_, count) -> {
                    int now = count == null ? 0 : count;
                    entered[0] = now < most;
                    return entered[0] ? Integer.valueOf(now + 1) : count;
                });
        return entered[0];
    }

    public void leave(String who) {
        open.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }

    public int count(String who) {
        return open.getOrDefault(who, 0);
    }
}
