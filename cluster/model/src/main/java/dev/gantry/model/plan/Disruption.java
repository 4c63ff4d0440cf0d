package dev.gantry.model.plan;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a pod goes that would have stayed: the pod says so before it is deleted.
 *
 * <p>Compat: {@code addConditionAndDeletePod} of both taint eviction controllers.
 *
 * @param reason of the condition DisruptionTarget
 */
public record Disruption(String reason, String message) {
    private static final GroupResource PODS = Resources.PODS;
    private static final String CONDITION = "DisruptionTarget";

    /** A pod that says so already is only deleted. */
    public List<Action> evict(Resource pod, Instant now) {
        List<Action> actions = new ArrayList<>();
        Resource next = pod.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        ArrayNode conditions = Resource.array(status, "conditions");
        if (Conditions.set(
                conditions, new Conditions.Wanted(CONDITION, "True", reason, message), now)) {
            tellGeneration(conditions, pod.generation());
            actions.add(new Action.PutStatus(PODS, next, pod.revision()));
        }
        actions.add(new Action.Delete(pod.key(PODS), pod.uid(), Action.Propagation.BACKGROUND));
        return actions;
    }

    private static void tellGeneration(ArrayNode conditions, long generation) {
        if (generation > 0) {
            ObjectNode condition =
                    (ObjectNode) Conditions.find(conditions, CONDITION).orElseThrow();
            condition.put("observedGeneration", generation);
        }
    }
}
