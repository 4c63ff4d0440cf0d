package dev.gantry.agent.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a container that keeps ending must wait.
 *
 * <p>Compat: client-go's {@code flowcontrol.Backoff} as kubelet uses it: the first restart is free,
 * then 10 s, doubling up to 300 s; forgotten when the container ran for more than twice that.
 *
 * @param since when the delay was last changed
 */
public record CrashBackoff(Duration delay, Instant since) {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration CAP = Duration.ofSeconds(300);
    private static final Duration FORGOTTEN = CAP.multipliedBy(2);

    /** Until when a container that ended at {@code finishedAt} waits; empty where it need not. */
    public static Optional<Instant> waitsUntil(
            @Nullable CrashBackoff entry, Instant finishedAt, Instant now) {
        if (entry == null || entry.isForgotten(finishedAt)) {
            return Optional.empty();
        }
        Instant until = finishedAt.plus(entry.delay);
        return Wait.isOn(until, now) ? Optional.of(until) : Optional.empty();
    }

    /** The entry once a container that ended at {@code finishedAt} is started again. */
    public static CrashBackoff next(@Nullable CrashBackoff entry, Instant finishedAt, Instant now) {
        if (entry == null || entry.isForgotten(finishedAt)) {
            return new CrashBackoff(FIRST, now);
        }
        Duration doubled = entry.delay.multipliedBy(2);
        return new CrashBackoff(doubled.compareTo(CAP) < 0 ? doubled : CAP, now);
    }

    private boolean isForgotten(Instant finishedAt) {
        return Duration.between(since, finishedAt).compareTo(FORGOTTEN) > 0;
    }
}
