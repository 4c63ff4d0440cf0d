package dev.gantry.state.log;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Set;

/**
 * What storing and telling objects must know of their resource. A resource that nobody defines any
 * more is logged like most.
 */
@FunctionalInterface
public interface ResourceTraits {
    /** What a field selector may ask of an object, beside its name and namespace. */
    Map<String, String> selectableFields(GroupResource resource, Resource object);

    default Durability durability(GroupResource resource) {
        return Durability.LOGGED;
    }

    /** Whether the values stay out of the feed, the history and readable columns. */
    default boolean isConfidential(GroupResource resource) {
        return false;
    }

    /** All resources that are served now. */
    default Set<GroupResource> resources() {
        return Set.of();
    }
}
