package dev.gantry.controller.node.ttl;

/**
 * How many nodes there are, and which time goes with that. Written by the feed's thread, read by
 * any.
 *
 * <p>The steps overlap, so that a node that comes and goes does not change them each time.
 *
 * <p>Compat: {@code ttlBoundaries}.
 */
final class ClusterSize {
    private static final Step[] STEPS = {
        new Step(0, 100, 0),
        new Step(90, 500, 15),
        new Step(450, 1000, 30),
        new Step(900, 2000, 60),
        new Step(1800, Integer.MAX_VALUE, 300)
    };

    private int nodes;
    private int step;

    private record Step(int fewest, int most, int seconds) {}

    synchronized int seconds() {
        return STEPS[step].seconds;
    }

    /** Returns whether the time is another one now. */
    synchronized boolean nodeCame() {
        nodes++;
        boolean isOver = nodes > STEPS[step].most;
        step += isOver ? 1 : 0;
        return isOver;
    }

    /** Returns whether the time is another one now. */
    synchronized boolean nodeWent() {
        nodes--;
        boolean isBelow = nodes < STEPS[step].fewest;
        step -= isBelow ? 1 : 0;
        return isBelow;
    }
}
