package dev.gantry.controller.lifecycle.podgc;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;

/** Removes the pod where no agent and no controller will. */
final class PodGcReconciler implements Reconciler<PodGcView, Action> {
    @Override
    public Plan<Action> reconcile(PodGcView view, Instant now) {
        Resource pod = view.pod();
        boolean isBound = !PodLife.node(pod).isEmpty();
        boolean isOrphan = isBound && !view.hasNode();
        boolean neverStarted = !isBound && pod.isBeingDeleted();
        boolean isTooMany = PodLife.isFinished(pod) && view.isTooMany();
        if (!isOrphan && !neverStarted && !isTooMany) {
            return Plan.settled();
        }
        return Plan.of(List.of(new Action.Remove(pod.key(Resources.PODS), pod.uid())));
    }
}
