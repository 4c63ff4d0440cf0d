package dev.gantry.monitoring.health;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks pods on a node that is not ready as not ready, so that no traffic is sent to them; and
 * takes that back when the node is, for pods whose containers are ready: the node's agent, for
 * which nothing changed meanwhile, has no reason to report them.
 *
 * <p>Compat: {@code MarkPodsNotReady}: status and transition time only, the reason stays. Unlike
 * upstream, pods keep their traffic while most nodes are silent.
 */
final class PodReadinessReconciler implements Reconciler<PodReadinessView, Action> {
    private static final GroupResource PODS = Resources.PODS;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    @Override
    public Plan<Action> reconcile(PodReadinessView view, Instant now) {
        if (view.isReady()) {
            return Plan.of(restore(view, now));
        }
        if (view.isDoubted()) {
            return Plan.<Action>settled().requeueAt(now.plus(LOOK_AGAIN));
        }
        List<Action> actions = new ArrayList<>();
        for (Resource pod : view.pods()) {
            if (says(pod, "Ready", "True")) {
                actions.add(ready(pod, "False", now));
                actions.add(
                        new Action.RecordEvent(
                                PODS, pod, true, "NodeNotReady", "Node is not ready"));
            }
        }
        return Plan.of(actions);
    }

    private static List<Action> restore(PodReadinessView view, Instant now) {
        List<Action> actions = new ArrayList<>();
        for (Resource pod : view.pods()) {
            boolean isAgentsWord = pod.spec().path("readinessGates").isEmpty();
            if (isAgentsWord
                    && says(pod, "ContainersReady", "True")
                    && says(pod, "Ready", "False")) {
                actions.add(ready(pod, "True", now));
            }
        }
        return actions;
    }

    private static boolean says(Resource pod, String type, String status) {
        return Conditions.find(pod.status().path("conditions"), type)
                .filter(each -> Resource.text(each, "status").equals(status))
                .isPresent();
    }

    private static Action ready(Resource pod, String status, Instant now) {
        Resource copy = pod.copy();
        JsonNode ready = Conditions.find(copy.status().path("conditions"), "Ready").orElseThrow();
        ((ObjectNode) ready)
                .put("status", status)
                .put("lastTransitionTime", Conditions.timestamp(now));
        return new Action.PutStatus(PODS, copy, pod.revision());
    }
}
