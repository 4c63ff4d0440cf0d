package dev.gantry.controller.workload.statefulset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.controller.pod.PodNews;
import dev.gantry.controller.workload.dependent.DependentKeys;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
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
    private static final DependentKeys KEYS =
            new DependentKeys(
                    SETS, "StatefulSet", set -> LabelSelector.of(set.spec().path("selector")));
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
        } else if (!change.isOf(Resources.PODS) || PodNews.isIn(change)) {
            change.before().ifPresent(each -> KEYS.of(each, cluster, enqueue));
            change.after().ifPresent(each -> KEYS.of(each, cluster, enqueue));
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
        Optional<Told> told = told(key, action);
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String message = told.get().text() + told.get().success();
        return EventText.normal("Successful" + told.get().verb(), message).about(key, cluster);
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        Optional<Told> told = told(key, action);
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String whole = told.get().text() + " failed error: " + message;
        return EventText.warning("Failed" + told.get().verb(), whole).about(key, cluster);
    }

    /** Compat: upstream's words for a success differ between pods and claims. */
    private record Told(String verb, String text, String success) {}

    /** Compat: {@code recordPodEvent} and {@code recordClaimEvent}. */
    private static Optional<Told> told(ObjectKey key, Action action) {
        return switch (action) {
            case Action.Create create when create.resource().equals(PODS) ->
                    Optional.of(ofPod("Create", create.object().name(), key));
            case Action.Create create when create.resource().equals(CLAIMS) ->
                    Optional.of(ofClaim(create.object().name(), key));
            case Action.Delete gone when gone.key().resource().equals(PODS) ->
                    Optional.of(ofPod("Delete", gone.key().name(), key));
            default -> Optional.empty();
        };
    }

    private static Told ofPod(String verb, String pod, ObjectKey set) {
        String text = "%s Pod %s in StatefulSet %s".formatted(verb, pod, set.name());
        return new Told(verb, text, " successful");
    }

    /** The pod's name is the end of the claim's. */
    private static Told ofClaim(String claim, ObjectKey set) {
        String in = "Pod %s in StatefulSet %s";
        String pod = claim.substring(claim.lastIndexOf(set.name() + "-"));
        String text = "Create Claim " + claim + " " + in.formatted(pod, set.name());
        return new Told("Create", text, " success");
    }
}
