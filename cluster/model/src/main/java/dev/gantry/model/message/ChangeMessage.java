package dev.gantry.model.message;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import org.jspecify.annotations.Nullable;

/**
 * One committed revision on the change feed.
 *
 * @param previous the revision that this one replaced; {@link Revision#NONE} for a creation
 * @param time in RFC 3339. Cost: kept as text, since parsing it would cost more than the rest of
 *     the message, and readers of the feed do not need it
 * @param actor the user whose request caused it
 * @param body the whole object as JSON, but for its {@code managedFields} and the values of
 *     Secrets; null for a deletion
 */
public record ChangeMessage(
        ObjectKey key,
        Revision revision,
        Revision previous,
        Type type,
        String time,
        String actor,
        byte @Nullable [] body) {
    /** Named as on a watch stream. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
