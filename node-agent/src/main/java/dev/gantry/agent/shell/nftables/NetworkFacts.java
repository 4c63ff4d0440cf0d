package dev.gantry.agent.shell.nftables;

import dev.gantry.agent.network.NetworkView;
import dev.gantry.agent.network.NodeView;
import dev.gantry.agent.network.ServiceView;
import dev.gantry.agent.network.SliceView;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Services, slices and nodes as packet handling sees them, parsed once each as they change. Written
 * by the thread that feeds the cache, read by the one that makes rulesets.
 */
final class NetworkFacts implements ObjectCache.Observer {
    private final Map<ObjectKey, ServiceView> services = new ConcurrentSkipListMap<>();
    private final Map<ObjectKey, SliceView> slices = new ConcurrentHashMap<>();
    private final Map<ObjectKey, NodeView> nodes = new ConcurrentHashMap<>();
    private final Runnable onChange;

    NetworkFacts(Runnable onChange) {
        this.onChange = onChange;
    }

    @Override
    public void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        boolean isChanged;
        if (key.resource().equals(Resources.SERVICES)) {
            isChanged = put(services, key, after.flatMap(ServiceView::of));
        } else if (key.resource().equals(Resources.ENDPOINT_SLICES)) {
            isChanged = put(slices, key, after.flatMap(SliceView::of));
        } else if (key.resource().equals(Resources.NODES)) {
            isChanged = put(nodes, key, after.map(NodeView::of));
        } else {
            return;
        }
        if (isChanged) {
            onChange.run();
        }
    }

    NetworkView view() {
        return NetworkView.of(services.values(), new TreeMap<>(slices).values(), nodes.values());
    }

    private static <T> boolean put(Map<ObjectKey, T> held, ObjectKey key, Optional<T> value) {
        T before = value.isPresent() ? held.put(key, value.get()) : held.remove(key);
        return !value.equals(Optional.ofNullable(before));
    }
}
