package dev.gantry.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for what must come. Nothing is timed: the limit only tells a busy machine
 * with two cores from a thing that never happens.
 */
public final class Patience {
    public static final Duration LIMIT = Duration.ofSeconds(90);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20));
    }
}
