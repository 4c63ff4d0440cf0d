package dev.gantry.state.shell.live;

import java.time.Duration;

/**
 * How long the waker rests, so that watchers leave half of the machine to requests where there are
 * very many of them, and wait for nothing where there are not. Time that goes by without waking
 * pays for time that was spent on it; as long as no more than {@code credit} is owed, nobody rests.
 * Times are those of {@link System#nanoTime}.
 */
final class WakingDebt {
    private final long credit;
    private long owed;
    private long end;

    WakingDebt(Duration credit, long now) {
        this.credit = credit.toNanos();
        this.end = now;
    }

    /** Returns the nanoseconds to rest after waking from {@code begin} until {@code end}. */
    long restAfter(long begin, long end) {
        owed = Math.max(0, owed - (begin - this.end)) + (end - begin);
        this.end = end;
        return owed > credit ? end - begin : 0;
    }
}
