package dev.gantry.model.message;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One committed revision on the change feed.
 *
 * @param previous the revision that this one replaced; {@link Revision#NONE} for a creation
 * @param actor the user whose request caused it
 * @param body the whole object as JSON (Secret values never); null for a deletion
 */
public record ChangeMessage(
        ObjectKey key,
        Revision revision,
        Revision previous,
        Type type,
        Instant time,
        String actor,
        byte @Nullable [] body) {
    /** Named as on a watch stream. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
