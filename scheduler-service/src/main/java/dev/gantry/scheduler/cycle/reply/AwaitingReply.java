package dev.gantry.scheduler.cycle.reply;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pods with a binding in flight. */
public sealed interface AwaitingReply permits Assumptions, Nominations {
    /** The longest waiting first. */
    Stream<Unacknowledged.Wait> waits();

    /** From now on the pod waits for the reply to this binding and to no other. */
    void waitAnew(Uid pod, Binding binding, Instant now);

    default Optional<Instant> nextDue() {
        return waits().findFirst().map(Unacknowledged.Wait::due);
    }

    /** Cost: asked before each decision; most of the time nothing is due. */
    default List<Unacknowledged> unacknowledged(Instant now) {
        return nextDue().filter(due -> !due.isAfter(now)).isPresent()
                ? Unacknowledged.among(waits().toList(), now)
                : List.of();
    }
}
