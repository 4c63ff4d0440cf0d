package dev.gantry.monitoring.eviction;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.taint.Taint;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reconciles the pods of a node whose NoExecute taints change, and new pods on such a node. */
public final class TaintEvictionController implements Controller {
    private static final GroupResource NODES = Resources.NODES;
    private static final GroupResource PODS = Resources.PODS;

    private final Heartbeats heartbeats;
    private final EvictionReconciler reconciler = new EvictionReconciler();

    public TaintEvictionController(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public String component() {
        return "taint-eviction-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(NODES, PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            change.after()
                    .filter(pod -> !taints(nodeOf(pod, cluster)).isEmpty())
                    .ifPresent(_ -> enqueue.accept(change.key()));
            return;
        }
        List<JsonNode> after = taints(change.after());
        if (after.isEmpty() || after.equals(taints(change.before()))) {
            return;
        }
        cluster.podsOn(change.key().name()).forEach(pod -> enqueue.accept(pod.key(PODS)));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> pod = cluster.get(key);
        if (pod.isEmpty()) {
            return Plan.settled();
        }
        List<JsonNode> taints = taints(nodeOf(pod.get(), cluster));
        var view = new EvictionView(pod.get(), taints, heartbeats.isMassSilence(now));
        return reconciler.reconcile(view, now);
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return action instanceof Action.Delete
                ? EventText.normal("TaintManagerEviction", "Marking for deletion Pod " + key.path())
                        .about(key, cluster)
                : Optional.empty();
    }

    private static Optional<Resource> nodeOf(Resource pod, ClusterReader cluster) {
        return cluster.get(new ObjectKey(NODES, "", Resource.text(pod.spec(), "nodeName")));
    }

    private static List<JsonNode> taints(Optional<Resource> node) {
        List<JsonNode> found = new ArrayList<>();
        node.ifPresent(
                each -> {
                    for (JsonNode taint : each.spec().path("taints")) {
                        if (Resource.text(taint, "effect").equals(Taint.NO_EXECUTE)) {
                            found.add(taint);
                        }
                    }
                });
        return found;
    }
}
