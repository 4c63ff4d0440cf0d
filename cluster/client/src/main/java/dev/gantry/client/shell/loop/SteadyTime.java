package dev.gantry.client.shell.loop;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time by a clock that nobody sets: it begins with that on the wall and goes on with a
 * stopwatch. Back-offs, waits and leases are kept by it, else whoever sets the wall's clock back by
 * an hour would have them last an hour longer.
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
