package dev.gantry.state.log;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.Revision;
import java.util.Optional;

/**
 * One committed change as watchers see it.
 *
 * @param object the new state; for a deletion the last state, carrying the deletion's revision
 * @param before the state that was replaced or deleted; empty for a creation
 */
public record LogEvent(
        Revision revision, Type type, StoredObject object, Optional<StoredObject> before) {}
