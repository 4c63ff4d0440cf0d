package dev.gantry.controller.lifecycle.podgc;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles pods whose node is not known, that have finished, or that were deleted unbound. */
public final class PodGcController implements Controller {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource NODES = Resources.NODES;

    private final int finishedKept;
    private final FinishedPods finished = new FinishedPods();
    private final PodGcReconciler reconciler = new PodGcReconciler();

    /**
     * @param finishedKept how many finished pods may stay; upstream keeps 12,500
     */
    public PodGcController(int finishedKept) {
        this.finishedKept = finishedKept;
    }

    @Override
    public String component() {
        return "pod-garbage-collector-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(PODS, NODES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            change.after()
                    .filter(pod -> isSuspect(pod, cluster))
                    .ifPresent(_ -> enqueue.accept(change.key()));
            finished.hear(change);
            if (change.after().filter(PodLife::isFinished).isPresent()) {
                // They are not those that change: the oldest go as others finish.
                finished.beyond(finishedKept).forEach(enqueue);
            }
        } else if (change.after().isEmpty()) {
            cluster.podsOn(change.key().name()).forEach(pod -> enqueue.accept(pod.key(PODS)));
        }
    }

    private static boolean isSuspect(Resource pod, ClusterReader cluster) {
        String node = PodLife.node(pod);
        return node.isEmpty()
                ? pod.isBeingDeleted()
                : PodLife.isFinished(pod) || cluster.get(nodeKey(node)).isEmpty();
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key)
                .map(PodLife::node)
                .filter(node -> !node.isEmpty() && cluster.get(nodeKey(node)).isEmpty())
                .map(node -> LiveReads.objects(List.of(nodeKey(node))))
                .orElse(LiveReads.NONE);
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(
                        pod ->
                                new PodGcView(
                                        pod,
                                        cluster.get(nodeKey(PodLife.node(pod))).isPresent(),
                                        finished.beyond(finishedKept).contains(key)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private static ObjectKey nodeKey(String node) {
        return new ObjectKey(NODES, "", node);
    }
}
