package dev.gantry.agent.network;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which node answers when somebody asks its neighbours for the address of a load balancer.
 *
 * <p>Goal: one node for each address, the same one in everybody's eyes, and another one only where
 * it must be. Steps: of the nodes that are Ready, and have an endpoint of their own where only such
 * ones serve, the one whose hash with the address is greatest (rendezvous hashing). So a node that
 * goes takes only its own addresses along, and they are spread over all others.
 *
 * <p>Invariant: only addresses of the pool are announced. Whatever somebody writes into a Service's
 * status, no node takes an address that was not set aside for load balancers, or another node's.
 */
public final class Announcement {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final NetworkView view;
    private final BalancerPool pool;
    private final List<String> ready;

    private Announcement(NetworkView view, BalancerPool pool) {
        this.view = view;
        this.pool = pool;
        this.ready =
                view.nodes().stream().filter(NodeView::mayBalance).map(NodeView::name).toList();
    }

    /** The addresses that this node is to answer for. */
    public static SortedSet<String> of(NetworkView view, BalancerPool pool, String self) {
        SortedSet<String> own = new TreeSet<>();
        new Announcement(view, pool)
                .nodes()
                .forEach(
                        (address, node) -> {
                            if (node.equals(self)) {
                                own.add(address);
                            }
                        });
        return own;
    }

    private SortedMap<String, String> nodes() {
        SortedMap<String, String> nodes = new TreeMap<>();
        Set<String> left = view.balancerAddresses(pool);
        for (ServiceView service : view.services()) {
            for (String address : service.outside().balancerAddresses()) {
                if (left.remove(address)) {
                    choose(address, candidates(service, address))
                            .ifPresent(node -> nodes.put(address, node));
                }
            }
        }
        return nodes;
    }

    private List<String> candidates(ServiceView service, String address) {
        if (!service.outside().isLocal()) {
            return ready;
        }
        Set<String> serving = serving(service, Family.of(address));
        return ready.stream().filter(serving::contains).toList();
    }

    /** As {@link Balancing} has it: ready endpoints, or such as serve although they are to end. */
    private Set<String> serving(ServiceView service, Family family) {
        return view.slicesOf(service).stream()
                .filter(slice -> slice.family() == family)
                .flatMap(slice -> slice.backends().stream())
                .filter(each -> each.isReady() || each.isServingTerminating())
                .map(SliceView.Backend::node)
                .collect(Collectors.toSet());
    }

    static Optional<String> choose(String address, Collection<String> nodes) {
        Comparator<String> byHash = Comparator.comparingLong(node -> hash(address, node));
        return nodes.stream().max(byHash.thenComparing(Comparator.naturalOrder()));
    }

    private static long hash(String address, String node) {
        long hash = FNV_OFFSET;
        for (byte each : (address + "/" + node).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ each) * FNV_PRIME;
        }
        // The last characters of names differ most often, and have not yet changed much.
        hash ^= hash >>> 32;
        hash *= FNV_PRIME;
        return hash ^ hash >>> 29;
    }
}
