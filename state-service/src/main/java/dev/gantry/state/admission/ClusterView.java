package dev.gantry.state.admission;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What admission may see of the cluster: the stored objects, at least as new as the request. */
public interface ClusterView {
    Optional<Resource> get(ObjectKey key);

    /** The labels of an object; none where it is not there. */
    default SortedMap<String, String> labels(ObjectKey key) {
        SortedMap<String, String> none = new TreeMap<>();
        return get(key).map(Resource::labels).orElse(none);
    }

    /** All objects of the resource; those of one namespace unless {@code namespace} is empty. */
    List<Resource> list(GroupResource resource, String namespace);
}
