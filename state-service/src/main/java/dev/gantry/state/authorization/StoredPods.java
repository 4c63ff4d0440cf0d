package dev.gantry.state.authorization;

import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;

/** Pods, volumes and their attachments of a view, as the node authorizer asks for them. */
record StoredPods(View view) implements NodeAuthorizer.PodsView {
    @Override
    public Optional<Resource> pod(String namespace, String name) {
        return get(new ObjectKey(Resources.PODS, namespace, name));
    }

    @Override
    public List<Resource> podsOf(String node, String namespace) {
        return view.list(Resources.PODS, namespace).objects().stream()
                .filter(each -> each.field("spec.nodeName").equals(node))
                .map(StoredObject::decode)
                .toList();
    }

    @Override
    public Optional<Resource> volume(String name) {
        return get(new ObjectKey(Resources.PERSISTENT_VOLUMES, "", name));
    }

    @Override
    public Optional<Resource> attachment(String name) {
        return get(new ObjectKey(Kinds.VOLUME_ATTACHMENT.resource(), "", name));
    }

    private Optional<Resource> get(ObjectKey key) {
        return view.get(key).map(StoredObject::decode);
    }
}
