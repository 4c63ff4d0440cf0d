package dev.gantry.client.shell.loop;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Monotonic time as instants: it begins with the wall clock's and goes on with a stopwatch.
 * Back-offs, waits and leases are reckoned by it; by the wall clock, they would last an hour longer
 * when that is set back by an hour.
 */
public final class SteadyTime {
    private final Instant start;
    private final LongSupplier nanos;
    private final long began;

    public SteadyTime(Instant start, LongSupplier nanos) {
        this.start = start;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    public Instant now() {
        return start.plusNanos(nanos.getAsLong() - began);
    }
}
