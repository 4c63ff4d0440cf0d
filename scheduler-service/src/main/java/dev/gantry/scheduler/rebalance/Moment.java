package dev.gantry.scheduler.rebalance;

import java.time.Duration;
import java.time.Instant;

/**
 * Now, by two clocks.
 *
 * @param wall what the creation times of pods are told in; an administrator may set it
 * @param steady since some beginning; paces are kept by it, for it never jumps
 */
public record Moment(Instant wall, Duration steady) {
    /** Whether less than {@code time} has passed since. */
    boolean isWithin(Duration time, Moment since) {
        return steady.minus(since.steady).compareTo(time) < 0;
    }
}
