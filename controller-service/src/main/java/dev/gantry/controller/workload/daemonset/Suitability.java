package dev.gantry.controller.workload.daemonset;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.NodeTerm;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Whether a node shall have a pod, and whether one that is there may stay.
 *
 * <p>Compat: {@code NodeShouldRunDaemonPod}. What room there is on the node does not matter.
 */
enum Suitability {
    RUN,
    /** Its taints let none in, but drive none out. */
    STAY,
    LEAVE;

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

    /**
     * @param pod as it would be made for the node
     */
    static Suitability of(Resource pod, Resource node) {
        JsonNode spec = pod.spec();
        String wanted = Resource.text(spec, "nodeName");
        boolean isNamed = wanted.isEmpty() || wanted.equals(node.name());
        if (!isNamed || !isSelected(spec, node)) {
            return LEAVE;
        }
        List<Toleration> tolerations = Toleration.listOf(spec.path("tolerations"));
        boolean lets = true;
        for (Taint taint : Taint.listOf(node.spec().path("taints"))) {
            boolean isTolerated = tolerations.stream().anyMatch(each -> each.tolerates(taint));
            if (!isTolerated && taint.effect().equals(Taint.NO_EXECUTE)) {
                return LEAVE;
            }
            lets &= isTolerated || !taint.isForbidding();
        }
        return lets ? RUN : STAY;
    }

    private static boolean isSelected(JsonNode spec, Resource node) {
        JsonNode labels = spec.path("nodeSelector");
        if (!labels.isEmpty()
                && !NodeTerm.exactly(labels).selects(node.name(), node.labels())) {
            return false;
        }
        JsonNode required = spec.path("affinity").path("nodeAffinity").path(REQUIRED);
        return NodeTerm.anySelects(NodeTerm.listOf(required), node.name(), node.labels());
    }
}
