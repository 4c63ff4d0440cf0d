package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.Change;

/** What became of a command: the change and the reply together. */
public sealed interface Decision {
    /**
     * @param change to be committed as it stands; without an object it removes the stored one
     * @param reply the object as the client shall see it, but for the revision that the commit
     *     gives
     */
    record Commit(Change change, Resource reply) implements Decision {
        public boolean removes() {
            return change.object().isEmpty();
        }
    }

    /** Nothing to write: the stored object is already as wanted. */
    record Unchanged(Resource reply) implements Decision {}

    record Refuse(Refusal why) implements Decision {}
}
