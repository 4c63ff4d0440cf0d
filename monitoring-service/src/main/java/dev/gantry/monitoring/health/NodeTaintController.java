package dev.gantry.monitoring.health;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import java.time.Instant;

/** Reconciles a node when it changes. */
public final class NodeTaintController implements NodeController {
    private final Heartbeats heartbeats;
    private final TaintReconciler reconciler = new TaintReconciler();

    public NodeTaintController(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public boolean isConcerned(Resource node) {
        return !node.isBeingDeleted();
    }

    @Override
    public Plan<Action> reconcile(Resource node, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(new TaintView(node, heartbeats.isMassSilence(now)), now);
    }
}
