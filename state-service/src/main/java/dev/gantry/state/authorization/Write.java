package dev.gantry.state.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/**
 * A create or update that is decided and not yet committed.
 *
 * @param verb that of the request: create, update or patch
 * @param subresource empty for the object itself
 * @param wanted the object as it would be stored
 * @param stored what it replaces; empty where it is created
 */
public record Write(
        Caller caller,
        String verb,
        GroupResource resource,
        String subresource,
        Resource wanted,
        Optional<Resource> stored) {}
