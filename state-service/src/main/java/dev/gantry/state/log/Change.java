package dev.gantry.state.log;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import java.time.Instant;
import java.util.Optional;

/**
 * A write that was decided and waits to be committed: the log numbers it, nothing else is added.
 *
 * @param previous the revision that the decision looked at; {@link Revision#NONE} where the object
 *     must not exist
 * @param object the whole new object, its {@code resourceVersion} still to be set; empty for a
 *     removal
 */
public record Change(
        ObjectKey key, Revision previous, Optional<Resource> object, String actor, Instant time) {
    /** With the object in another form. */
    public Change with(Resource form) {
        return new Change(key, previous, Optional.of(form), actor, time);
    }
}
