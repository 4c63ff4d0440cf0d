package dev.gantry.scheduler.cycle.state;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that this process was running. While it is suspended it receives nothing, so how long a
 * feed may take to show something is measured by this, and never by a clock.
 */
public final class AwakeTime {
    /**
     * A longer time between two looks means that the process was suspended, and its feed with it.
     */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private Instant lastLook = Instant.EPOCH;
    private Instant time = Instant.EPOCH;

    /** To be told whenever something happens or is asked for. */
    public void look(Instant now) {
        Duration passed = Duration.between(lastLook, now);
        time = time.plus(passed.compareTo(LONGEST_LOOK) < 0 ? passed : LONGEST_LOOK);
        lastLook = now;
    }

    public Instant now() {
        return time;
    }

    /** How long it takes until then, if the process is not suspended. */
    public Duration until(Instant then) {
        return Duration.between(time, then);
    }
}
