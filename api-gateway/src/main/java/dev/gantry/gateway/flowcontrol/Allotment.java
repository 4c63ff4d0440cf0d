package dev.gantry.gateway.flowcontrol;

import java.util.HashMap;
import java.util.Map;

/**
 * The memory that one tier of callers may hold, for bodies on their way in or replies on their way
 * out. Not thread-safe: its owner calls it from one thread at a time.
 *
 * <p>A user that holds nothing may take any amount while the tier is not full: so the largest body
 * passes, and at most one is above the limit. A user that holds something gets more only within its
 * part and the whole.
 *
 * <p>Example of 100, and 40 for each: a takes 30, then 10, and 1 more is too much; b takes 70 at
 * once; c, who holds nothing, has to wait until somebody gives back.
 */
public final class Allotment {
    private final long whole;
    private final long part;
    private final Map<String, Long> held = new HashMap<>();
    private long sum;

    /**
     * @param part how much of it one user may hold
     */
    public Allotment(long whole, long part) {
        this.whole = whole;
        this.part = part;
    }

    /** False where there is no room now. */
    public boolean take(String user, long bytes) {
        long own = heldBy(user);
        boolean fits = own == 0 ? sum < whole : sum + bytes <= whole && own + bytes <= part;
        if (fits) {
            held.merge(user, bytes, Long::sum);
            sum += bytes;
        }
        return fits;
    }

    public void give(String user, long bytes) {
        held.computeIfPresent(user, (_, own) -> own > bytes ? own - bytes : null);
        sum -= bytes;
    }

    /** Whether so much is taken that who holds something for long should make room for others. */
    public boolean isTight(String user) {
        return sum > whole / 4 * 3 || heldBy(user) > part / 4 * 3;
    }

    public long held() {
        return sum;
    }

    private long heldBy(String user) {
        return held.getOrDefault(user, 0L);
    }
}
