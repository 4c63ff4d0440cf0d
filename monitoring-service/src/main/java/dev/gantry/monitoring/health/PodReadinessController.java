package dev.gantry.monitoring.health;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reconciles a node when its readiness changes, and when a pod on an unreachable one does. On a
 * node that says itself that it is not ready, the agent has the last word on each pod.
 */
public final class PodReadinessController implements Controller {
    private static final GroupResource NODES = Resources.NODES;
    private static final GroupResource PODS = Resources.PODS;

    private static final String UNREACHABLE = "Unknown";

    private final Heartbeats heartbeats;
    private final PodReadinessReconciler reconciler = new PodReadinessReconciler();

    public PodReadinessController(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public String component() {
        return "node-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(NODES)) {
            Optional<String> after = change.after().map(PodReadinessController::readiness);
            if (after.isPresent()
                    && !after.equals(change.before().map(PodReadinessController::readiness))) {
                enqueue.accept(change.key());
            }
            return;
        }
        ObjectKey node =
                new ObjectKey(NODES, "", Resource.text(change.newest().spec(), "nodeName"));
        cluster.get(node)
                .filter(found -> readiness(found).equals(UNREACHABLE))
                .ifPresent(_ -> enqueue.accept(node));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        String readiness = cluster.get(key).map(PodReadinessController::readiness).orElse("");
        if (readiness.isEmpty()) {
            return Plan.settled();
        }
        boolean isDoubted = readiness.equals(UNREACHABLE) && heartbeats.isMassSilence(now);
        var view =
                new PodReadinessView(
                        readiness.equals("True"), isDoubted, cluster.podsOn(key.name()));
        return reconciler.reconcile(view, now);
    }

    private static String readiness(Resource node) {
        return Conditions.find(node.status().path("conditions"), "Ready")
                .map(each -> Resource.text(each, "status"))
                .orElse("");
    }
}
