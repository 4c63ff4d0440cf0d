package dev.gantry.state.admission.chain;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A view as admission looks at it. */
public record StoredObjects(View view) implements ClusterView {
    @Override
    public Optional<Resource> get(ObjectKey key) {
        return view.get(key).map(StoredObject::decode);
    }

    /** Cost: nothing is decoded. */
    @Override
    public SortedMap<String, String> labels(ObjectKey key) {
        SortedMap<String, String> none = new TreeMap<>();
        return view.get(key).map(StoredObject::labels).orElse(none);
    }

    @Override
    public List<Resource> list(GroupResource resource, String namespace) {
        return view.list(resource, namespace).objects().stream().map(StoredObject::decode).toList();
    }
}
