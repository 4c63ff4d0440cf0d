package dev.gantry.client.controller;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects that some controllers need whole; of the others that they watch, {@link
 * PartialObjectMetadata} is enough.
 *
 * <p>Example: a garbage collector and a publisher of one ConfigMap need that ConfigMap, and
 * metadata of all others.
 */
public final class WholeObjects {
    private final Map<GroupResource, List<Controller>> watching = new HashMap<>();
    private final List<Controller> watchingCustom;

    /**
     * @param controllers of no controllers, all objects are kept whole
     */
    public WholeObjects(List<Controller> controllers) {
        this.watchingCustom =
                controllers.stream().filter(Controller::watchesCustomResources).toList();
        for (Controller controller : controllers) {
            for (GroupResource resource : controller.watches()) {
                watching.computeIfAbsent(resource, _ -> new ArrayList<>()).add(controller);
            }
        }
        if (!watchingCustom.isEmpty()) {
            // They tell which kinds there are.
            watching.remove(Kinds.CUSTOM_RESOURCE_DEFINITION.resource());
            watching.remove(Kinds.API_SERVICE.resource());
        }
    }

    public boolean contains(ObjectKey key) {
        boolean isCustom = Kinds.of(key.resource()).isEmpty();
        List<Controller> readers =
                watching.getOrDefault(key.resource(), isCustom ? watchingCustom : List.of());
        return readers.isEmpty() || readers.stream().anyMatch(each -> each.readsWhole(key));
    }

    /** What is kept of the object. */
    public Resource kept(ObjectKey key, Resource object) {
        return contains(key) ? object : PartialObjectMetadata.of(object);
    }
}
