package dev.gantry.controller.policy.disruption;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;

/** Reconciles pods that say that they are about to be disrupted. */
public final class StaleDisruptionController implements ObjectController {
    private final StaleDisruptionReconciler reconciler = new StaleDisruptionReconciler();

    @Override
    public String component() {
        return "controllermanager";
    }

    @Override
    public GroupResource resource() {
        return DisruptionController.PODS;
    }

    @Override
    public boolean isConcerned(Resource pod) {
        return Conditions.isTrue(pod.status().path("conditions"), "DisruptionTarget");
    }

    @Override
    public Plan<Action> reconcile(Resource pod, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(pod, now);
    }
}
