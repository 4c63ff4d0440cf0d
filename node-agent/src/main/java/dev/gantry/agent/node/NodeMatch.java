package dev.gantry.agent.node;

import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.NodeTerm;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a pod may be on this node by what is written on the node: its labels and its taints. The
 * scheduler has asked the same; a pod that somebody bound by hand comes here unasked.
 *
 * <p>Compat: reasons and messages of {@code pkg/kubelet/lifecycle/predicate.go}. Of the taints only
 * those count that would drive the pod away again.
 */
final class NodeMatch {
    static final String AFFINITY = "NodeAffinity";
    static final String TAINTS = "TaintToleration";

    private NodeMatch() {}

    static Optional<PodFailure> affinity(PodSpec pod, Resource node) {
        JsonNode selector = pod.spec().path("nodeSelector");
        JsonNode required =
                pod.spec()
                        .path("affinity")
                        .path("nodeAffinity")
                        .path("requiredDuringSchedulingIgnoredDuringExecution");
        boolean isSelected =
                selector.isEmpty()
                        || NodeTerm.exactly(selector).selects(node.name(), node.labels());
        boolean isWanted =
                !required.isObject()
                        || NodeTerm.anySelects(
                                NodeTerm.listOf(required), node.name(), node.labels());
        return isSelected && isWanted
                ? Optional.empty()
                : failure(AFFINITY, "node(s) didn't match Pod's node affinity/selector");
    }

    static Optional<PodFailure> taints(PodSpec pod, Resource node) {
        List<Toleration> tolerations = Toleration.listOf(pod.spec().path("tolerations"));
        boolean isTolerable =
                Taint.listOf(node.spec().path("taints")).stream()
                        .filter(each -> each.effect().equals(Taint.NO_EXECUTE))
                        .allMatch(taint -> tolerations.stream().anyMatch(t -> t.tolerates(taint)));
        return isTolerable
                ? Optional.empty()
                : failure(TAINTS, "node(s) had taints that the pod didn't tolerate");
    }

    private static Optional<PodFailure> failure(String predicate, String why) {
        return Optional.of(
                new PodFailure(predicate, "Predicate %s failed: %s".formatted(predicate, why)));
    }
}
