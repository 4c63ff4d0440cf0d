package dev.gantry.scheduler.snapshot.column;

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

    public boolean reaches(long position) {
        return next - position <= KEPT;
    }

    public int at(long position) {
        return rows[(int) (position & (KEPT - 1))];
    }
}
