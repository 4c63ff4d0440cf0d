package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * What a write has done.
 *
 * @param stored the object as committed, or as it was found; empty after a dry run
 * @param tree the object as the decision replied with it
 * @param warnings of admission
 */
public record Done(
        Optional<StoredObject> stored,
        Resource tree,
        boolean isRemoved,
        boolean isCreated,
        List<String> warnings) {}
