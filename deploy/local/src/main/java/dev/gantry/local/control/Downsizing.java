package dev.gantry.local.control;

import java.time.Duration;

/**
 * Decides when the heap is collected so that what a burst took is given back. One thread asks it,
 * at even intervals.
 *
 * <p>The parallel collector shrinks the heap after a full collection only, and begins one only when
 * the heap is full: without this, a gigabyte that was needed for a minute is kept for good.
 *
 * <p>Cost: 0.2 to 0.4 s for a burst of some seconds of work, at a moment when little is done.
 */
final class Downsizing {
    /** Of one core: a cluster in which nothing happens takes less. */
    private static final double QUIET = 0.25;

    private static final Duration MUCH_WORK = Duration.ofSeconds(20);

    private Duration atLastLook = Duration.ZERO;
    private Duration atLastCollection = Duration.ZERO;

    /**
     * Whether to collect now.
     *
     * @param cpu what the process has used since it began
     * @param wall since the last time that it was asked
     */
    boolean isDue(Duration cpu, Duration wall) {
        Duration lately = cpu.minus(atLastLook);
        atLastLook = cpu;
        boolean isQuiet = lately.toNanos() < QUIET * wall.toNanos();
        boolean isDue = isQuiet && cpu.minus(atLastCollection).compareTo(MUCH_WORK) >= 0;
        if (isDue) {
            atLastCollection = cpu;
        }
        return isDue;
    }
}
