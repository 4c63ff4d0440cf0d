package dev.gantry.scheduler.cycle.prebind;

import java.time.Duration;
import java.time.Instant;

/** How long a pod waits that has its node, until others have done their part. */
record Patience(Duration most, Instant since, Instant now) {
    boolean isOver() {
        return !since.plus(most).isAfter(now);
    }

    /** Counted from another time, if that is earlier. */
    Patience from(Instant other) {
        return other.isBefore(since) ? new Patience(most, other, now) : this;
    }
}
