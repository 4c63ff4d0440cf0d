package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pods of which something was said, until the answer is known. */
sealed interface Spoken permits Assumptions, Nominations {
    /** Whoever has waited longest comes first. */
    Stream<Unanswered.Wait> waits();

    /** It waits for the answer to this word from now on, and for that to no other. */
    void waitAnew(Uid pod, Binding word, Instant now);

    default Optional<Instant> nextDue() {
        return waits().findFirst().map(Unanswered.Wait::due);
    }

    /** Cost: asked before each decision; most of the time nothing is due. */
    default List<Unanswered> unanswered(Instant now) {
        return nextDue().filter(due -> !due.isAfter(now)).isPresent()
                ? Unanswered.among(waits().toList(), now)
                : List.of();
    }
}
