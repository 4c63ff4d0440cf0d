package dev.gantry.state.log;

import dev.gantry.model.meta.Revision;
import java.time.Instant;

/**
 * One numbered change with all that the log says of it.
 *
 * @param previous the revision that was replaced or removed; {@link Revision#NONE} for a creation
 * @param time never before that of an earlier revision, so that a time names a revision
 */
public record LogEntry(LogEvent event, Revision previous, String actor, Instant time) {
    public Revision revision() {
        return event.revision();
    }

    public StoredObject object() {
        return event.object();
    }
}
