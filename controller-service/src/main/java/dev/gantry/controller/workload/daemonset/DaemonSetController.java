package dev.gantry.controller.workload.daemonset;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.pod.PodNews;
import dev.gantry.controller.workload.dependent.DependentKeys;
import dev.gantry.controller.workload.dependent.PodEvents;
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

/** Reconciles a DaemonSet when it changes, a pod or revision of it, or a node in what matters. */
public final class DaemonSetController implements Controller {
    private static final GroupResource SETS = Resources.DAEMON_SETS;
    private static final DependentKeys KEYS =
            new DependentKeys(
                    SETS, "DaemonSet", set -> LabelSelector.of(set.spec().path("selector")));

    private final DaemonSetReconciler reconciler = new DaemonSetReconciler();

    @Override
    public String component() {
        return "daemonset-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(SETS, Resources.PODS, Resources.NODES, Resources.CONTROLLER_REVISIONS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(SETS)) {
            enqueue.accept(change.key());
        } else if (change.isOf(Resources.NODES)) {
            if (isNews(change)) {
                cluster.list(SETS).forEach(set -> enqueue.accept(set.key(SETS)));
            }
        } else if (!change.isOf(Resources.PODS) || PodNews.isIn(change)) {
            change.before().ifPresent(each -> KEYS.of(each, cluster, enqueue));
            change.after().ifPresent(each -> KEYS.of(each, cluster, enqueue));
        }
    }

    /** Cost: nodes change with every heartbeat, and matter only by their labels and taints. */
    private static boolean isNews(Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        Resource before = change.before().get();
        Resource after = change.after().get();
        return !before.labels().equals(after.labels())
                || !before.spec().path("taints").equals(after.spec().path("taints"));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(set -> reconciler.reconcile(DaemonSetView.of(set, cluster), now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return PodEvents.done(action, result).flatMap(text -> text.about(key, cluster));
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return PodEvents.refused(action, message).flatMap(text -> text.about(key, cluster));
    }
}
