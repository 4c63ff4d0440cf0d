package dev.gantry.state.log;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.Map;

/**
 * What a field selector may ask of an object, beside its name and namespace: as the strategy of its
 * kind says.
 */
@FunctionalInterface
public interface SelectableFields {
    Map<String, String> of(GroupResource resource, Resource object);
}
