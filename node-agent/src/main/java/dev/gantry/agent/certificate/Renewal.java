package dev.gantry.agent.certificate;

import java.time.Duration;
import java.time.Instant;

/** When to ask for the next certificate. */
public final class Renewal {
    private static final double EARLIEST = 0.7;
    private static final double SPREAD = 0.2;

    private Renewal() {}

    /**
     * After 70 to 90 percent of a certificate's life, so that nodes which joined together don't ask
     * together.
     *
     * <p>Compat: {@code jitteryDuration} of client-go's certificate manager.
     *
     * @param chance from 0 to 1
     */
    public static Instant due(Instant from, Instant until, double chance) {
        Duration life = Duration.between(from, until);
        return from.plusMillis(Math.round(life.toMillis() * (EARLIEST + SPREAD * chance)));
    }
}
