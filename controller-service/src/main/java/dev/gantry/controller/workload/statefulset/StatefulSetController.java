package dev.gantry.controller.workload.statefulset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles a StatefulSet when it changes, or a pod, revision or claim of it. */
public final class StatefulSetController implements Controller {
    private static final GroupResource SETS = Resources.STATEFUL_SETS;
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    private final StatefulSetReconciler reconciler = new StatefulSetReconciler();

    @Override
    public String component() {
        return "statefulset-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SETS, PODS, Resources.CONTROLLER_REVISIONS, CLAIMS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SETS)) {
            enqueue.accept(change.key());
        } else if (change.isOf(CLAIMS)) {
            if (change.after().isEmpty()) {
                keysForClaim(change.newest(), cluster, enqueue);
            }
        } else {
            change.before().ifPresent(each -> keysFor(each, cluster, enqueue));
            change.after().ifPresent(each -> keysFor(each, cluster, enqueue));
        }
    }

    private static void keysFor(
            Resource dependent, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Optional<Owner> owner = dependent.controller();
        if (owner.isPresent()) {
            if (owner.get().kind().equals("StatefulSet")) {
                enqueue.accept(new ObjectKey(SETS, dependent.namespace(), owner.get().name()));
            }
            return;
        }
        for (Resource set : cluster.list(SETS, dependent.namespace())) {
            if (LabelSelector.of(set.spec().path("selector")).selects(dependent.labels())) {
                enqueue.accept(set.key(SETS));
            }
        }
    }

    /** A pod waits for a claim to be gone before it gets one of the same name. */
    private static void keysForClaim(
            Resource claim, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Resource set : cluster.list(SETS, claim.namespace())) {
            var spec = new SetSpec(set);
            boolean isOfIt = false;
            for (int at = spec.start(); at < spec.end() && !isOfIt; at++) {
                isOfIt = Claims.names(spec, at).contains(claim.name());
            }
            if (isOfIt) {
                enqueue.accept(set.key(SETS));
            }
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(set -> reconciler.reconcile(StatefulSetView.of(set, cluster), now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return told(key, action)
                .flatMap(
                        it ->
                                EventText.normal(
                                                "Successful" + it.verb(), it.text() + " successful")
                                        .about(key, cluster));
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return told(key, action)
                .flatMap(
                        it ->
                                EventText.warning(
                                                "Failed" + it.verb(),
                                                it.text() + " failed error: " + message)
                                        .about(key, cluster));
    }

    private record Told(String verb, String text) {}

    /** Compat: {@code recordPodEvent} and {@code recordClaimEvent}. */
    private static Optional<Told> told(ObjectKey key, Action action) {
        String in = " in StatefulSet " + key.name();
        return switch (action) {
            case Action.Create create when create.resource().equals(PODS) ->
                    Optional.of(new Told("Create", "create Pod " + create.object().name() + in));
            case Action.Create create when create.resource().equals(CLAIMS) ->
                    Optional.of(new Told("Create", "create Claim " + create.object().name() + in));
            case Action.Delete gone when gone.key().resource().equals(PODS) ->
                    Optional.of(new Told("Delete", "delete Pod " + gone.key().name() + in));
            default -> Optional.empty();
        };
    }
}
