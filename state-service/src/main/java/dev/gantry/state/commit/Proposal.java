package dev.gantry.state.commit;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.ObjectEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change that is encoded and waits for its number.
 *
 * @param object null for a removal
 * @param reportSequence the agent's report that this change takes in; 0 keeps what was
 */
public record Proposal(
        ObjectKey key,
        Revision previous,
        @Nullable EncodedObject object,
        Origin origin,
        long reportSequence) {
    /** Whose change it is, and when it was decided. */
    public record Origin(String actor, Instant time) {}

    public static Proposal of(Change change, ObjectEncoder encoder) {
        return new Proposal(
                change.key(),
                change.previous(),
                change.object().map(each -> encoder.encode(change.key(), each)).orElse(null),
                new Origin(change.actor(), change.time()),
                0);
    }

    /**
     * The outcome where one of them is larger than any object may be.
     *
     * <p>Invariant: what is committed fits into a message of the change feed; else it could never
     * be told.
     */
    public static Optional<CommitOutcome> tooLarge(List<Proposal> group) {
        for (Proposal each : group) {
            int bytes = each.object == null ? 0 : each.object.json().length;
            if (bytes > Bounds.MAX_BYTES) {
                return Optional.of(new CommitOutcome.TooLarge(each.key, bytes));
            }
        }
        return Optional.empty();
    }

    public Proposal reporting(long sequence) {
        return new Proposal(key, previous, object, origin, sequence);
    }
}
