package dev.gantry.monitoring.health;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks pods on an unreachable node as not ready, so that no traffic is sent to them.
 *
 * <p>Compat: {@code MarkPodsNotReady}: status and transition time only, the reason stays.
 */
final class PodReadinessReconciler implements Reconciler<PodReadinessView, Action> {
    private static final GroupResource PODS = BuiltinKind.POD.resource();

    @Override
    public Plan<Action> reconcile(PodReadinessView view, Instant now) {
        List<Action> actions = new ArrayList<>();
        for (Resource pod : view.pods()) {
            notReady(pod, now)
                    .ifPresent(
                            next -> {
                                actions.add(new Action.PutStatus(PODS, next, pod.revision()));
                                actions.add(
                                        new Action.Tell(
                                                PODS,
                                                pod,
                                                true,
                                                "NodeNotReady",
                                                "Node is not ready"));
                            });
        }
        return Plan.of(actions);
    }

    private static Optional<Resource> notReady(Resource pod, Instant now) {
        if (!Conditions.isTrue(pod.status().path("conditions"), "Ready")) {
            return Optional.empty();
        }
        Resource copy = pod.copy();
        JsonNode ready = Conditions.find(copy.status().path("conditions"), "Ready").orElseThrow();
        ((ObjectNode) ready)
                .put("status", "False")
                .put("lastTransitionTime", Conditions.timestamp(now));
        return Optional.of(copy);
    }
}
