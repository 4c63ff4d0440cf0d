package dev.gantry.controller.pod;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a change of a pod can change what its workload does or tells: pods of a workload are
 * counted by their phase, whether they are ready, and whether they go.
 *
 * <p>Cost: each look at a workload of thousands reads all its pods, and of the changes of a pod
 * before it runs (it gets a node, its images are pulled) none is news to it.
 */
public final class PodNews {
    private PodNews() {}

    public static boolean isIn(Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        Resource was = change.before().get();
        Resource is = change.after().get();
        // What a finished pod tells of its containers may come after its phase.
        return PodLife.isFinished(is)
                || !PodLife.phase(was).equals(PodLife.phase(is))
                || !readiness(was).equals(readiness(is))
                || was.isBeingDeleted() != is.isBeingDeleted()
                || !was.uid().equals(is.uid())
                || !was.owners().equals(is.owners())
                || !was.labels().equals(is.labels())
                || !was.finalizers().equals(is.finalizers());
    }

    private static Optional<JsonNode> readiness(Resource pod) {
        return Conditions.find(pod.status().path("conditions"), "Ready");
    }
}
