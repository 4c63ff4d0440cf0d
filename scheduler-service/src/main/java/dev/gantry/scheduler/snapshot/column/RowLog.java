package dev.gantry.scheduler.snapshot.column;

import java.util.function.IntConsumer;

/**
 * Which rows changed, in order, so that a ranking can follow by looking at those alone. Keeps a
 * bounded past: who is further behind starts over.
 */
public final class RowLog {
    private static final int KEPT = 1 << 13;

    private final int[] rows = new int[KEPT];
    private long next;

    public void add(int row) {
        rows[(int) (next & (KEPT - 1))] = row;
        next++;
    }

    public long position() {
        return next;
    }

    /**
     * Hands every row that changed since {@code position} to {@code visitor}, some perhaps more
     * than once. Returns false, having visited nothing, where that is too long ago.
     */
    public boolean changedSince(long position, IntConsumer visitor) {
        if (next - position > KEPT) {
            return false;
        }
        for (long at = position; at < next; at++) {
            visitor.accept(rows[(int) (at & (KEPT - 1))]);
        }
        return true;
    }
}
