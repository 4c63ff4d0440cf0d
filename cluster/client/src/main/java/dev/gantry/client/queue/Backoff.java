package dev.gantry.client.queue;

import java.time.Duration;
import java.time.Instant;

/** Exponential waiting between tries, bounded. */
public record Backoff(Duration base, Duration cap) {
    /**
     * @param failures so far; the first wait is {@code base}
     */
    public Duration delay(int failures) {
        Duration delay = base.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
        return delay.compareTo(cap) < 0 ? delay : cap;
    }

    public Instant next(int failures, Instant now) {
        return now.plus(delay(failures));
    }
}
