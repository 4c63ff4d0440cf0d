package dev.gantry.state.ingest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a pod when it is scheduled or preempted.
 *
 * <p>Compat: each condition tells which generation of the pod it is about.
 */
final class PodConditions {
    private PodConditions() {}

    /** Returns whether anything changed. */
    static boolean set(Resource pod, Wanted wanted, Instant now) {
        ObjectNode status = Resource.child(pod.tree(), "status");
        ArrayNode conditions = Resource.array(status, "conditions");
        boolean isNews = Conditions.set(conditions, wanted, now);
        var condition = (ObjectNode) Conditions.find(conditions, wanted.type()).orElseThrow();
        if (!condition.has("lastProbeTime")) {
            condition.putNull("lastProbeTime");
        }
        long before = condition.path("observedGeneration").asLong(0);
        if (pod.generation() > 0) {
            condition.put("observedGeneration", pod.generation());
        }
        return isNews || before != condition.path("observedGeneration").asLong(0);
    }
}
