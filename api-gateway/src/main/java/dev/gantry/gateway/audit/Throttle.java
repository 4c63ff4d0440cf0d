package dev.gantry.gateway.audit;

import java.time.Duration;

/**
 * So many at once, and so many each second after that. Not thread-safe.
 *
 * <p>Compat: client-go's token bucket, with which kube-apiserver throttles its webhook.
 *
 * <p>Example of 10 a second and 2 at once: two go at once, the third waits 100 ms.
 */
public final class Throttle {
    private final long intervalNanos;
    private final int burst;
    private boolean hasBegun;
    private long emptyAt;

    public Throttle(int perSecond, int burst) {
        this.intervalNanos = Duration.ofSeconds(1).toNanos() / perSecond;
        this.burst = burst;
    }

    /** How long the next one has to wait, which counts as gone then. */
    public Duration next(long nowNanos) {
        long earliest = nowNanos - burst * intervalNanos;
        if (!hasBegun || emptyAt - earliest < 0) {
            hasBegun = true;
            emptyAt = earliest;
        }
        emptyAt += intervalNanos;
        return Duration.ofNanos(Math.max(0, emptyAt - nowNanos));
    }
}
