package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a write has done.
 *
 * @param stored the object as committed, or as it was found; empty after a dry run
 * @param tree the object as the decision replied with it
 * @param before the object that it was; empty where it is new
 * @param warnings of admission
 */
public record Done(
        Optional<StoredObject> stored,
        Resource tree,
        boolean isRemoved,
        Optional<StoredObject> before,
        List<String> warnings) {
    public boolean isCreated() {
        return before.isEmpty();
    }

    /** Whether something else is wanted of the object than before. */
    public boolean hasNewGeneration() {
        JsonNode generation = tree.metadata().path("generation");
        return before.map(each -> !each.decode().metadata().path("generation").equals(generation))
                .orElse(true);
    }
}
