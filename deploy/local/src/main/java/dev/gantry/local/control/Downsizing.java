package dev.gantry.local.control;

import java.time.Duration;

/**
 * Decides when the heap is collected so that what a burst took is given back. One thread asks it,
 * at even intervals.
 *
 * <p>The parallel collector shrinks the heap after a full collection only, and begins one only when
 * the heap is full: without this, a gigabyte that was needed for a minute is kept for good.
 *
 * <p>Cost: everything stands still for 0.1 to 0.4 s, so it has to be worth it, and little done.
 */
final class Downsizing {
    /** Of one core: a cluster in which nothing happens takes less, one with a few clients more. */
    private static final double QUIET = 0.15;

    private static final Duration MUCH_WORK = Duration.ofSeconds(20);
    private static final long MUCH_MEMORY = 64L << 20;

    private final long heapAtStart;
    private Duration atLastLook = Duration.ZERO;
    private Duration atLastCollection = Duration.ZERO;

    /**
     * @param heapAtStart how many bytes the heap begins with, which is never given back
     */
    Downsizing(long heapAtStart) {
        this.heapAtStart = heapAtStart;
    }

    /**
     * Whether to collect now.
     *
     * @param heap how many bytes the heap has now, used or not
     * @param cpu what the process has used since it began
     * @param wall since the last time that it was asked
     */
    boolean isDue(long heap, Duration cpu, Duration wall) {
        Duration lately = cpu.minus(atLastLook);
        atLastLook = cpu;
        boolean isQuiet = lately.toNanos() < QUIET * wall.toNanos();
        boolean isDue =
                isQuiet
                        && heap - heapAtStart >= MUCH_MEMORY
                        && cpu.minus(atLastCollection).compareTo(MUCH_WORK) >= 0;
        if (isDue) {
            atLastCollection = cpu;
        }
        return isDue;
    }
}
