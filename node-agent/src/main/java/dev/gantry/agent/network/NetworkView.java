package dev.gantry.agent.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cluster as packet handling sees it at one moment.
 *
 * @param services in key order
 * @param slices by {@code namespace/name} of their Service
 */
public record NetworkView(
        List<ServiceView> services, Map<String, List<SliceView>> slices, List<NodeView> nodes) {
    public static NetworkView of(
            Collection<ServiceView> services,
            Collection<SliceView> slices,
            Collection<NodeView> nodes) {
        Map<String, List<SliceView>> byService = new TreeMap<>();
        for (SliceView slice : slices) {
            byService
                    .computeIfAbsent(
                            slice.namespace() + "/" + slice.service(), _ -> new ArrayList<>())
                    .add(slice);
        }
        return new NetworkView(List.copyOf(services), byService, List.copyOf(nodes));
    }

    public List<SliceView> slicesOf(ServiceView service) {
        return slices.getOrDefault(service.namespace() + "/" + service.name(), List.of());
    }

    public Optional<NodeView> node(String name) {
        return nodes.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Where two Services claim the same frontend, the first by name has it.
     *
     * @param excluded addresses that are never balanced
     */
    public SortedMap<Frontend, ServiceAction> actions(
            Family family, String self, Set<String> excluded) {
        SortedMap<Frontend, ServiceAction> actions = new TreeMap<>();
        var place = new Place(self, node(self).map(NodeView::zone).orElse(""));
        for (ServiceView service : services) {
            Balancing.of(service, slicesOf(service), family, place)
                    .forEach(
                            (frontend, action) -> {
                                if (!excluded.contains(frontend.address())) {
                                    actions.putIfAbsent(frontend, action);
                                }
                            });
        }
        return actions;
    }

    /** From where alone the frontends of load balancers may be reached; others are in no key. */
    public SortedMap<Frontend, List<String>> firewall(Family family) {
        SortedMap<Frontend, List<String>> found = new TreeMap<>();
        for (ServiceView service : services) {
            List<String> ranges = SourceRanges.of(service.outside().sourceRanges(), family);
            if (ranges.isEmpty()) {
                continue;
            }
            for (Frontend each : service.balancerFrontends(family)) {
                found.putIfAbsent(each, ranges);
            }
        }
        return found;
    }

    /** Those that Services have, without what are addresses of nodes already. */
    public SortedSet<String> balancerAddresses(BalancerPool pool) {
        SortedSet<String> found = new TreeSet<>();
        for (ServiceView service : services) {
            service.outside().balancerAddresses().stream().filter(pool::holds).forEach(found::add);
        }
        nodes.forEach(node -> found.removeAll(node.internalAddresses()));
        return found;
    }

    public Ranges ranges(
            Family family,
            String self,
            Collection<String> serviceCidrs,
            BalancerPool pool,
            boolean isBridgeFiltered) {
        SortedSet<String> inside = new TreeSet<>();
        SortedSet<String> cluster = new TreeSet<>();
        for (NodeView node : nodes) {
            cluster.addAll(node.podCidrs(family));
            node.address(family).ifPresent(cluster::add);
            if (node.name().equals(self)) {
                inside.addAll(node.podCidrs(family));
            }
        }
        return new Ranges(
                inside,
                cluster,
                of(family, serviceCidrs),
                of(family, balancerAddresses(pool)),
                isBridgeFiltered);
    }

    private static SortedSet<String> of(Family family, Collection<String> cidrs) {
        SortedSet<String> found = new TreeSet<>(cidrs);
        found.removeIf(each -> Family.of(each) != family);
        return found;
    }
}
