package dev.gantry.state.admission;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;

/** What admission may see of the cluster: the stored objects, at least as new as the request. */
public interface ClusterView {
    Optional<Resource> get(ObjectKey key);

    /** All objects of the resource; those of one namespace unless {@code namespace} is empty. */
    List<Resource> list(GroupResource resource, String namespace);
}
