package dev.gantry.state.log;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.util.List;
import java.util.Optional;

/**
 * The cluster's state and its order: what there is, how it changes, and what changed.
 *
 * <p>Invariant: revision order is commit order, and nothing is visible here before it is durable.
 */
public interface StateLog {
    Optional<StoredObject> get(ObjectKey key);

    /**
     * The objects of one resource at one moment, in key order.
     *
     * @param namespace empty for all
     */
    Snapshot list(GroupResource resource, String namespace);

    /**
     * As {@link #list}, found by index: those whose selectable {@code field} equals {@code value}.
     */
    Snapshot listByField(GroupResource resource, String field, String value);

    /**
     * Whether an object is sealed with a key that no longer seals: then it is worth writing again.
     */
    default boolean isSealOutdated(ObjectKey key) {
        return false;
    }

    /** The last committed revision. */
    Revision revision();

    /**
     * Waits until {@link #revision()} has reached {@code wanted}; false where the limit passed
     * first.
     */
    boolean awaitRevision(Revision wanted, java.time.Duration limit) throws InterruptedException;

    /**
     * Blocks until the group is durable, refused, or known not to be written. Throws {@link
     * OutcomeUnknown} where the database went away during the commit and stays away.
     */
    CommitOutcome commit(List<Change> group) throws InterruptedException;

    /** Events of {@code resource} after {@code after}; throws TooOld where they are gone. */
    WatchCursor watch(GroupResource resource, Revision after);

    /** A consistent listing, and the revision at which it was taken. */
    record Snapshot(Revision revision, List<StoredObject> objects) {}
}
