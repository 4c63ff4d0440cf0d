package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.NodeAffinityTerms;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import java.util.List;
import java.util.Optional;

/**
 * Which nodes count when pods are counted per domain for a spread rule.
 *
 * @param keys labels that a node must have
 * @param nodeAffinity the pod's node affinity, where only nodes that it allows count
 * @param tolerations the pod's tolerations, where only nodes whose taints it tolerates count
 */
public record Eligibility(
        List<String> keys,
        Optional<NodeAffinityTerms> nodeAffinity,
        Optional<List<Toleration>> tolerations) {
    /**
     * @param together all rules of the pod that are asked together
     */
    public static Eligibility of(SpreadRule rule, List<SpreadRule> together, PodSignature pod) {
        List<String> keys =
                together.stream().map(SpreadRule::topologyKey).distinct().sorted().toList();
        return new Eligibility(
                keys,
                rule.honorsAffinity() && !pod.nodeAffinity().isAnyNodeRight()
                        ? Optional.of(pod.nodeAffinity())
                        : Optional.empty(),
                rule.honorsTaints() ? Optional.of(pod.tolerations()) : Optional.empty());
    }

    public boolean allows(NodeView node) {
        for (String key : keys) {
            if (!node.facts().labels().containsKey(key)) {
                return false;
            }
        }
        if (nodeAffinity.isPresent()
                && !nodeAffinity.get().allow(node.name(), node.facts().labels())) {
            return false;
        }
        return tolerations.isEmpty() || toleratesAll(tolerations.get(), node.facts().taints());
    }

    private static boolean toleratesAll(List<Toleration> tolerations, List<Taint> taints) {
        for (Taint taint : taints) {
            if (taint.isForbidding() && !isTolerated(tolerations, taint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTolerated(List<Toleration> tolerations, Taint taint) {
        for (Toleration each : tolerations) {
            if (each.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }
}
