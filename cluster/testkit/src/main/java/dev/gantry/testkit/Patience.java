package dev.gantry.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what must come. Nothing is timed: the limit only tells a busy machine
 * with two cores from a thing that never happens.
 */
public final class Patience {
    /**
     * For what several processes do one after another, each of which may take a minute to start, or
     * be kept from the processor for a quarter of one: a cluster that starts, settles or recovers.
     */
    public static final Duration LIMIT = Duration.ofMinutes(5);

    /** After which a command is ended that does not end by itself: more than it may wait. */
    public static final Duration COMMAND = LIMIT.multipliedBy(2);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20));
    }
}
