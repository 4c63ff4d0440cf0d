package dev.gantry.client.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that is away and tried again and again: logged when it goes and when it is back, not at
 * every try.
 */
public final class Outage {
    private int tries;
    private Instant since = Instant.MIN;

    /** Returns whether this failure is the first. */
    public boolean failed(Instant now) {
        tries++;
        if (tries == 1) {
            since = now;
        }
        return tries == 1;
    }

    /** How the outage was, now that it is over; empty where there was none. */
    public Optional<String> over(Instant now) {
        if (tries == 0) {
            return Optional.empty();
        }
        String summary =
                "after %d tries in %d s".formatted(tries, Duration.between(since, now).toSeconds());
        tries = 0;
        return Optional.of(summary);
    }
}
