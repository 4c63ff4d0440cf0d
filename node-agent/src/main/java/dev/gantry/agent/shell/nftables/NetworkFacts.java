package dev.gantry.agent.shell.nftables;

import dev.gantry.agent.network.Balancing;
import dev.gantry.agent.network.Family;
import dev.gantry.agent.network.Frontend;
import dev.gantry.agent.network.NodeView;
import dev.gantry.agent.network.Place;
import dev.gantry.agent.network.Ranges;
import dev.gantry.agent.network.ServiceAction;
import dev.gantry.agent.network.ServiceView;
import dev.gantry.agent.network.SliceView;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** Where two Services claim the same frontend, the first by name has it. */
    SortedMap<Frontend, ServiceAction> actions(Family family, String node, Set<String> excluded) {
        Map<String, List<SliceView>> byService = new TreeMap<>();
        for (SliceView slice : new TreeMap<>(slices).values()) {
            byService
                    .computeIfAbsent(
                            slice.namespace() + "/" + slice.service(), _ -> new ArrayList<>())
                    .add(slice);
        }
        SortedMap<Frontend, ServiceAction> actions = new TreeMap<>();
        Place place = place(node);
        for (ServiceView service : services.values()) {
            String name = service.namespace() + "/" + service.name();
            List<SliceView> own = byService.getOrDefault(name, List.of());
            Balancing.of(service, own, family, place)
                    .forEach(
                            (frontend, action) -> {
                                if (!excluded.contains(frontend.address())) {
                                    actions.putIfAbsent(frontend, action);
                                }
                            });
        }
        return actions;
    }

    Ranges ranges(Family family, String self, List<String> serviceCidrs, boolean isBridgeFiltered) {
        SortedSet<String> inside = new TreeSet<>();
        SortedSet<String> cluster = new TreeSet<>();
        for (NodeView node : nodes.values()) {
            cluster.addAll(node.podCidrs(family));
            node.address(family).ifPresent(cluster::add);
            if (node.name().equals(self)) {
                inside.addAll(node.podCidrs(family));
            }
        }
        SortedSet<String> services = new TreeSet<>(serviceCidrs);
        services.removeIf(each -> Family.of(each) != family);
        return new Ranges(inside, cluster, services, isBridgeFiltered);
    }

    private Place place(String node) {
        NodeView self = nodes.get(new ObjectKey(Resources.NODES, "", node));
        return new Place(node, self == null ? "" : self.zone());
    }

    private static <T> boolean put(Map<ObjectKey, T> held, ObjectKey key, Optional<T> value) {
        T before = value.isPresent() ? held.put(key, value.get()) : held.remove(key);
        return !value.equals(Optional.ofNullable(before));
    }
}
