package dev.gantry.agent.node;

import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.HostPort;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a pod that was bound here still fits: the last word is the node's.
 *
 * <p>Compat: the reasons and messages of {@code pkg/kubelet/lifecycle/predicate.go}, such as
 * OutOfcpu. An extended resource that the node does not know is the cluster's, and no reason.
 */
public final class PodAdmission {
    private PodAdmission() {}

    /**
     * @param node with its labels and taints; empty where they are not known just now: then they
     *     refuse no pod
     */
    public static Optional<PodFailure> refusal(
            PodSpec pod,
            List<PodSpec> others,
            SortedMap<String, Quantity> allocatable,
            Optional<Resource> node) {
        return shortage(pod, others, allocatable)
                .or(() -> node.flatMap(each -> NodeMatch.affinity(pod, each)))
                .or(() -> takenPort(pod, others))
                .or(() -> node.flatMap(each -> NodeMatch.taints(pod, each)))
                .map(PodAdmission::refused);
    }

    /** Whether it was refused for what is written on the node, which may have changed by now. */
    public static boolean isByNode(PodFailure refusal) {
        return refusal.reason().equals(NodeMatch.AFFINITY)
                || refusal.reason().equals(NodeMatch.TAINTS);
    }

    /** What the pod lacks on this node, in words that say nothing of its fate. */
    static Optional<PodFailure> misfit(
            PodSpec pod, List<PodSpec> others, SortedMap<String, Quantity> allocatable) {
        return shortage(pod, others, allocatable).or(() -> takenPort(pod, others));
    }

    private static Optional<PodFailure> shortage(
            PodSpec pod, List<PodSpec> others, SortedMap<String, Quantity> allocatable) {
        SortedMap<String, Quantity> used = new TreeMap<>();
        for (PodSpec each : others) {
            PodResources.requests(each.spec())
                    .forEach((name, amount) -> used.merge(name, amount, Quantity::plus));
        }
        Quantity places = allocatable.get("pods");
        if (places != null && others.size() + 1 > places.toLong()) {
            return Optional.of(lacking("pods", 1, others.size(), places.toLong()));
        }
        for (Map.Entry<String, Quantity> each : PodResources.requests(pod.spec()).entrySet()) {
            boolean isForeign = each.getKey().contains("/");
            if (isForeign && !allocatable.containsKey(each.getKey())) {
                continue;
            }
            Quantity capacity = allocatable.getOrDefault(each.getKey(), Quantity.ZERO);
            Quantity taken = used.getOrDefault(each.getKey(), Quantity.ZERO);
            boolean fits = taken.plus(each.getValue()).compareTo(capacity) <= 0;
            if (!fits && each.getValue().signum() > 0) {
                return Optional.of(
                        lacking(
                                each.getKey(),
                                number(each.getValue(), each.getKey()),
                                number(taken, each.getKey()),
                                number(capacity, each.getKey())));
            }
        }
        return Optional.empty();
    }

    private static Optional<PodFailure> takenPort(PodSpec pod, List<PodSpec> others) {
        return hasFreePorts(pod, others)
                ? Optional.empty()
                : Optional.of(
                        new PodFailure(
                                "NodePorts",
                                "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
    }

    private static boolean hasFreePorts(PodSpec pod, List<PodSpec> others) {
        List<HostPort> wanted = HostPort.listOf(pod.spec());
        return wanted.isEmpty()
                || others.stream()
                        .flatMap(each -> HostPort.listOf(each.spec()).stream())
                        .noneMatch(taken -> wanted.stream().anyMatch(taken::conflictsWith));
    }

    /** Compat: cpu in thousandths. */
    static long number(Quantity amount, String resource) {
        return resource.equals("cpu") ? amount.toMilli() : amount.toLong();
    }

    static PodFailure refused(PodFailure why) {
        return PodFailure.refusal(why.reason(), why.message());
    }

    private static PodFailure lacking(String resource, long asked, long used, long capacity) {
        return new PodFailure(
                "OutOf" + resource,
                "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
                        .formatted(resource, asked, used, capacity));
    }
}
