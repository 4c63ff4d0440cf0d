package dev.gantry.agent.node;

import dev.gantry.agent.container.Security;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.spec.PodSpec;
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

    public static Optional<PodFailure> refusal(
            PodSpec pod, List<PodSpec> others, SortedMap<String, Quantity> allocatable) {
        SortedMap<String, Quantity> used = new TreeMap<>();
        for (PodSpec each : others) {
            PodResources.requests(each.spec())
                    .forEach((name, amount) -> used.merge(name, amount, Quantity::plus));
        }
        Quantity places = allocatable.get("pods");
        if (places != null && others.size() + 1 > places.toLong()) {
            return Optional.of(refused("pods", 1, others.size(), places.toLong()));
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
                boolean inMilli = each.getKey().equals("cpu");
                return Optional.of(
                        refused(
                                each.getKey(),
                                number(each.getValue(), inMilli),
                                number(taken, inMilli),
                                number(capacity, inMilli)));
            }
        }
        return hasFreePorts(pod, others)
                ? Optional.empty()
                : Optional.of(
                        new PodFailure(
                                "NodePorts",
                                "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"));
    }

    private static boolean hasFreePorts(PodSpec pod, List<PodSpec> others) {
        List<HostPort> wanted = HostPort.listOf(pod.spec());
        return wanted.isEmpty()
                || others.stream()
                        .flatMap(each -> HostPort.listOf(each.spec()).stream())
                        .noneMatch(taken -> wanted.stream().anyMatch(taken::conflictsWith));
    }

    /** Compat: {@code pkg/security/apparmor/validate.go}. */
    public static Optional<PodFailure> appArmorRefusal(PodSpec pod, boolean hasAppArmor) {
        return hasAppArmor || !Security.needsAppArmor(pod)
                ? Optional.empty()
                : Optional.of(
                        new PodFailure(
                                "AppArmor",
                                "Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host"));
    }

    private static long number(Quantity amount, boolean inMilli) {
        return inMilli ? amount.toMilli() : amount.toLong();
    }

    private static PodFailure refused(String resource, long asked, long used, long capacity) {
        return new PodFailure(
                "OutOf" + resource,
                "Pod was rejected: Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
                        .formatted(resource, asked, used, capacity));
    }
}
