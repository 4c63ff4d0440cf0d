package dev.gantry.agent.network;

import dev.gantry.agent.network.ServiceAction.Endpoint;
import dev.gantry.agent.network.ServiceAction.Masquerade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Service × its slices × node → action for each frontend, for one family.
 *
 * <p>Compat: which endpoints are eligible follows kube-proxy's topology.go: the ready ones; if
 * there are none, those that are terminating but still serving; under a Local policy only those of
 * this node, else those that hints prefer for it ({@link Proximity}).
 */
public final class Balancing {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparing(Endpoint::port);

    private final ServiceView service;
    private final List<SliceView> slices;
    private final Family family;
    private final Place place;
    private final SortedMap<Frontend, ServiceAction> actions = new TreeMap<>();

    private Balancing(ServiceView service, List<SliceView> slices, Family family, Place place) {
        this.service = service;
        this.slices = slices;
        this.family = family;
        this.place = place;
    }

    /** {@code slices} are those of this Service; those of the other family are ignored. */
    public static SortedMap<Frontend, ServiceAction> of(
            ServiceView service, List<SliceView> slices, Family family, Place place) {
        var balancing = new Balancing(service, slices, family, place);
        if (service.clusterAddresses().stream().anyMatch(each -> Family.of(each) == family)) {
            service.ports().forEach(balancing::addPort);
        }
        return balancing.actions;
    }

    private void addPort(ServiceView.Port port) {
        List<Endpoint> everywhere = eligible(port, proximity(port));
        List<Endpoint> here = eligible(port, each -> each.node().equals(place.node()));
        boolean isElsewhere = here.isEmpty() && !everywhere.isEmpty();
        List<Endpoint> internal = service.isInternalLocal() ? here : everywhere;
        ServiceAction inner =
                service.isInternalLocal() && isElsewhere
                        ? new ServiceAction.Drop()
                        : balance(port, "internal", Masquerade.NON_LOCAL, internal);
        for (String address : service.clusterAddresses()) {
            put(Frontend.Scope.ANYONE, address, port, inner);
        }
        if (!service.outside().isLocal()) {
            ServiceAction outer = balance(port, "external", Masquerade.ALL, everywhere);
            putExternal(Frontend.Scope.ANYONE, port, outer);
            return;
        }
        ServiceAction outer = balance(port, "external-local", Masquerade.NONE, here);
        putExternal(Frontend.Scope.ANYONE, port, isElsewhere ? new ServiceAction.Drop() : outer);
        // Compat: kube-proxy lets the node's own pods reach all endpoints even by external names.
        putExternal(
                Frontend.Scope.INSIDE,
                port,
                balance(port, "external-inside", Masquerade.NON_LOCAL, everywhere));
    }

    private void putExternal(Frontend.Scope scope, ServiceView.Port port, ServiceAction action) {
        for (String address : service.outside().externalAddresses()) {
            put(scope, address, port, action);
        }
        for (String address : service.outside().balancerAddresses()) {
            put(scope, address, port, action);
        }
        if (port.nodePort() != 0) {
            actions.put(new Frontend(scope, "", port.protocol(), port.nodePort()), action);
        }
    }

    private void put(
            Frontend.Scope scope, String address, ServiceView.Port port, ServiceAction action) {
        if (Family.of(address) == family) {
            actions.put(new Frontend(scope, address, port.protocol(), port.port()), action);
        }
    }

    private ServiceAction balance(
            ServiceView.Port port, String role, Masquerade masquerade, List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return new ServiceAction.Refuse();
        }
        String name =
                "%s/%s %s/%d %s"
                        .formatted(
                                service.namespace(),
                                service.name(),
                                port.protocol(),
                                port.port(),
                                role);
        return new ServiceAction.Balance(name, masquerade, service.sessionAffinity(), endpoints);
    }

    private Predicate<SliceView.Backend> proximity(ServiceView.Port port) {
        if (slices.stream().noneMatch(SliceView::isHinted)) {
            return _ -> true;
        }
        List<SliceView.Backend> ready = new ArrayList<>();
        for (SliceView slice : slices) {
            if (target(slice, port).isPresent()) {
                slice.backends().stream().filter(SliceView.Backend::isReady).forEach(ready::add);
            }
        }
        return Proximity.of(ready, place);
    }

    private List<Endpoint> eligible(ServiceView.Port port, Predicate<SliceView.Backend> isInReach) {
        List<Endpoint> ready = endpoints(port, isInReach.and(SliceView.Backend::isReady));
        return ready.isEmpty()
                ? endpoints(port, isInReach.and(SliceView.Backend::isServingTerminating))
                : ready;
    }

    private List<Endpoint> endpoints(ServiceView.Port port, Predicate<SliceView.Backend> isWanted) {
        var found = new LinkedHashSet<Endpoint>();
        for (SliceView slice : slices) {
            Optional<SliceView.Port> target = target(slice, port);
            if (target.isEmpty()) {
                continue;
            }
            for (SliceView.Backend each : slice.backends()) {
                if (isWanted.test(each)) {
                    boolean isLocal = each.node().equals(place.node());
                    found.add(
                            new Endpoint(
                                    port.protocol(), each.address(), target.get().port(), isLocal));
                }
            }
        }
        List<Endpoint> sorted = new ArrayList<>(found);
        sorted.sort(ORDER);
        return sorted;
    }

    /** Empty where the slice is of the other family, or has no such port. */
    private Optional<SliceView.Port> target(SliceView slice, ServiceView.Port port) {
        return slice.family() != family
                ? Optional.empty()
                : slice.ports().stream()
                        .filter(each -> each.name().equals(port.name()))
                        .filter(each -> each.protocol().equals(port.protocol()))
                        .findFirst();
    }
}
