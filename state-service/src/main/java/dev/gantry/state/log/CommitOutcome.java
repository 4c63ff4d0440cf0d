package dev.gantry.state.log;

import dev.gantry.model.meta.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What became of one atomic group of changes. */
public sealed interface CommitOutcome {
    /**
     * Durable, in the order of the changes; for a removal the last state at the removal's revision.
     */
    record Committed(List<StoredObject> objects) implements CommitOutcome {}

    /** {@code key} is no longer at the revision that was looked at; nothing was written. */
    record Stale(ObjectKey key, Optional<StoredObject> current) implements CommitOutcome {}

    /** The object is larger than any may be, {@code bytes} as JSON; nothing was written. */
    record TooLarge(ObjectKey key, int bytes) implements CommitOutcome {}

    /** The database cannot be reached, or the queue is full; nothing was written. */
    record Unavailable(String why) implements CommitOutcome {}
}
