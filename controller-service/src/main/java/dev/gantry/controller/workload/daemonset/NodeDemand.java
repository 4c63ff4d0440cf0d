package dev.gantry.controller.workload.daemonset;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.NodeTerm;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * What the pods of a DaemonSet ask of a node. What room there is does not matter.
 *
 * <p>Compat: {@code NodeShouldRunDaemonPod}.
 *
 * <p>Cost: read once for all nodes.
 *
 * @param name the only node that suits; empty where any does
 * @param labels of its node selector
 * @param terms of its affinity, one of which must hold; none at all ask nothing
 */
record NodeDemand(
        String name, LabelSelector labels, List<NodeTerm> terms, List<Toleration> tolerations) {
    /**
     * @param pod as it is made, but for the name of its node
     */
    static NodeDemand of(Resource pod) {
        JsonNode spec = pod.spec();
        JsonNode required =
                spec.path("affinity")
                        .path("nodeAffinity")
                        .path("requiredDuringSchedulingIgnoredDuringExecution");
        return new NodeDemand(
                Resource.text(spec, "nodeName"),
                NodeTerm.exactly(spec.path("nodeSelector")).labels(),
                NodeTerm.listOf(required),
                Toleration.listOf(spec.path("tolerations")));
    }

    Suitability judge(Resource node) {
        SortedMap<String, String> found = node.labels();
        boolean isNamed = name.isEmpty() || name.equals(node.name());
        boolean isMeant = terms.isEmpty() || NodeTerm.anySelects(terms, node.name(), found);
        if (!isNamed || !isMeant || !labels.selects(found)) {
            return Suitability.LEAVE;
        }
        boolean lets = true;
        for (Taint taint : Taint.listOf(node.spec().path("taints"))) {
            boolean isTolerated = tolerations.stream().anyMatch(each -> each.tolerates(taint));
            if (!isTolerated && taint.effect().equals(Taint.NO_EXECUTE)) {
                return Suitability.LEAVE;
            }
            lets &= isTolerated || !taint.isForbidding();
        }
        return lets ? Suitability.RUN : Suitability.STAY;
    }
}
