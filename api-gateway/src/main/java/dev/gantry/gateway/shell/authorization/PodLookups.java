package dev.gantry.gateway.shell.authorization;

import dev.gantry.authorization.NodeAuthorizer;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Pods, by name or by node, volumes and their attachments as the state service has them at this
 * moment.
 */
public final class PodLookups implements NodeAuthorizer.PodsView {
    private static final GroupResource PODS = Resources.PODS;

    private final StateClient state;

    public PodLookups(StateClient state) {
        this.state = state;
    }

    @Override
    public Optional<Resource> pod(String namespace, String name) {
        return state.get(new ObjectKey(PODS, namespace, name));
    }

    @Override
    public List<Resource> podsOf(String node, String namespace) {
        String selector = URLEncoder.encode("spec.nodeName=" + node, StandardCharsets.UTF_8);
        return state.list(PODS, namespace, "fieldSelector=" + selector);
    }

    @Override
    public Optional<Resource> volume(String name) {
        return state.get(new ObjectKey(Resources.PERSISTENT_VOLUMES, "", name));
    }

    @Override
    public Optional<Resource> attachment(String name) {
        return state.get(new ObjectKey(Kinds.VOLUME_ATTACHMENT.resource(), "", name));
    }
}
