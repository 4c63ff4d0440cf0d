package dev.gantry.monitoring.health;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Simulation;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.monitoring.heartbeat.Heartbeats;
import java.time.Instant;

/** Reconciles a node when it changes, is heard, or would have had to be heard by now. */
public final class NodeStatusController implements NodeController {
    private final Heartbeats heartbeats;
    private final StatusReconciler reconciler = new StatusReconciler();

    public NodeStatusController(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public boolean isConcerned(Resource node) {
        return !Simulation.isSimulated(node);
    }

    @Override
    public Plan<Action> reconcile(Resource node, ClusterReader cluster, Instant now) {
        var view = new StatusView(node, heartbeats.of(node.name()), heartbeats.silentAt(node, now));
        return reconciler.reconcile(view, now);
    }
}
