package dev.gantry.agent.pod;

import java.time.Duration;
import java.time.Instant;

/** Waits until a time of the clock, which may be set meanwhile. */
public final class Wait {
    /** More than any back-off is. */
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private Wait() {}

    /**
     * Whether it is still to be waited. What seems to take longer than any wait was begun before
     * the clock was set back, and is over; it would else last as long as the clock went back.
     */
    public static boolean isOn(Instant until, Instant now) {
        return until.isAfter(now) && !until.isAfter(now.plus(LONGEST));
    }
}
