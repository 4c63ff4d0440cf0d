package dev.gantry.controller.network.loadbalancer;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Reconciles a Service when it changes, and those that wait for an address when one becomes free.
 *
 * <p>One Service at a time is decided about, and what it is given counts as taken until its status
 * shows it: others could else be given the same in between.
 */
public final class LoadBalancerController implements Controller {
    static final String FAILED = "SyncLoadBalancerFailed";

    private static final GroupResource SERVICES = Resources.SERVICES;

    /** After which one looks again whether what was given to another was written at all. */
    private static final Duration UNCERTAIN = Duration.ofSeconds(5);

    private final AddressPool pool;
    private final LoadBalancerReconciler reconciler = new LoadBalancerReconciler();
    private final Grants grants = new Grants();

    public LoadBalancerController(List<AddressBlock> ranges) {
        this.pool = new AddressPool(List.copyOf(ranges));
    }

    @Override
    public String component() {
        return "service-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SERVICES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        List<Address> freed = held(change.before());
        freed.removeAll(held(change.after()));
        boolean isConcerned =
                Stream.of(change.before(), change.after())
                        .flatMap(Optional::stream)
                        .anyMatch(LoadBalancerView::isConcerned);
        if (isConcerned) {
            enqueue.accept(change.key());
        }
        if (!freed.isEmpty()) {
            cluster.list(SERVICES).stream()
                    .filter(this::isWaiting)
                    .forEach(each -> enqueue.accept(each.key(SERVICES)));
        }
    }

    @Override
    public synchronized Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> service = cluster.get(key).filter(LoadBalancerView::isConcerned);
        if (service.isEmpty()) {
            grants.forget(key);
            return Plan.settled();
        }
        grants.seen(key, held(service));
        LoadBalancerView view =
                LoadBalancerView.of(service.get(), cluster, pool, grants.toOthersThan(key));
        Plan<Action> plan = reconciler.reconcile(view, now);
        boolean isGiven = false;
        for (Action each : plan.actions()) {
            if (each instanceof Action.PutStatus put) {
                grants.add(key, held(Optional.of(put.object())));
                isGiven = true;
            }
        }
        return isGiven || !isWaiting(service.get()) || grants.toOthersThan(key).isEmpty()
                ? plan
                : plan.requeueAt(now.plus(UNCERTAIN));
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return EventText.warning(FAILED, "Error syncing load balancer: " + message)
                .about(key, cluster);
    }

    private List<Address> held(Optional<Resource> service) {
        return service.map(each -> Balanced.addresses(each, pool)).orElseGet(ArrayList::new);
    }

    private boolean isWaiting(Resource service) {
        return Balanced.isWanted(service)
                && Balanced.addresses(service, pool).size() < Balanced.families(service).size();
    }
}
