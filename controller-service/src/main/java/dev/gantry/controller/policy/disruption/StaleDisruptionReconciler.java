package dev.gantry.controller.policy.disruption;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes back what a pod says of its own disruption where nobody carried it out.
 *
 * <p>Compat: {@code syncStalePodDisruption}. What the node's agent said stays: it may take its
 * time.
 */
final class StaleDisruptionReconciler implements Reconciler<Resource, Action> {
    private static final String CONDITION = "DisruptionTarget";
    private static final String BY_AGENT = "TerminationByKubelet";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public Plan<Action> reconcile(Resource pod, Instant now) {
        Optional<Instant> stale =
                Conditions.find(pod.status().path("conditions"), CONDITION)
                        .filter(each -> Resource.text(each, "status").equals("True"))
                        .filter(each -> !Resource.text(each, "reason").equals(BY_AGENT))
                        .flatMap(StaleDisruptionReconciler::staleAt);
        if (!PodLife.isActive(pod) || stale.isEmpty()) {
            return Plan.settled();
        }
        if (stale.get().isAfter(now)) {
            return Plan.<Action>settled().requeueAt(stale.get());
        }
        return Plan.of(List.of(takenBack(pod, now)));
    }

    private static Optional<Instant> staleAt(JsonNode condition) {
        return Resource.instant(condition.path("lastTransitionTime"))
                .map(since -> since.plus(PATIENCE));
    }

    private static Action takenBack(Resource pod, Instant now) {
        Resource next = pod.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        ArrayNode conditions = Resource.array(status, "conditions");
        Conditions.set(conditions, new Conditions.Wanted(CONDITION, "False", "", ""), now);
        return new Action.PutStatus(DisruptionController.PODS, next, pod.revision());
    }
}
