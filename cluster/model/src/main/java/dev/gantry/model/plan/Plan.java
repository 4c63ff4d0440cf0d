package dev.gantry.model.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a reconciler wants done now, and when it wants to be asked again without a new event.
 *
 * @param requeueAt absolute; empty where only a change can matter
 */
public record Plan<A>(List<A> actions, Optional<Instant> requeueAt) {
    public Plan {
        actions = List.copyOf(actions);
    }

    /** Nothing to do: actual equals desired. */
    public static <A> Plan<A> settled() {
        return new Plan<>(List.of(), Optional.empty());
    }

    public static <A> Plan<A> of(List<A> actions) {
        return new Plan<>(actions, Optional.empty());
    }

    public Plan<A> requeueAt(Instant when) {
        return new Plan<>(actions, Optional.of(when));
    }

    public boolean isSettled() {
        return actions.isEmpty();
    }
}
