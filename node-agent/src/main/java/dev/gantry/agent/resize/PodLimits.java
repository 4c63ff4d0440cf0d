package dev.gantry.agent.resize;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * What the cgroup of a pod as a whole is held to.
 *
 * <p>Compat: {@code ResourceConfigForPod} of {@code pkg/kubelet/cm}. A pod has a limit where it
 * names one itself, or each of its containers does.
 */
public record PodLimits(long cpuShares, long cpuQuotaMicros, long memoryLimitBytes) {
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** One of the values, by which a step can change it. */
    public enum Value {
        CPU_SHARES,
        CPU_QUOTA,
        MEMORY_LIMIT
    }

    public static PodLimits of(PodSpec pod) {
        SortedMap<String, Quantity> requests = PodResources.requests(pod.spec());
        SortedMap<String, Quantity> limits = PodResources.limits(pod.spec());
        Quantity cpu = requests.getOrDefault("cpu", Quantity.ZERO);
        Quantity cpuLimit = limits.getOrDefault("cpu", Quantity.ZERO);
        Quantity memoryLimit = limits.getOrDefault("memory", Quantity.ZERO);
        return new PodLimits(
                ResourceLimits.shares(cpu.toMilli()),
                isLimited(pod, "cpu") ? ResourceLimits.quota(cpuLimit.toMilli()) : UNLIMITED,
                isLimited(pod, "memory") ? memoryLimit.toLong() : UNLIMITED);
    }

    public long get(Value value) {
        return switch (value) {
            case CPU_SHARES -> cpuShares;
            case CPU_QUOTA -> cpuQuotaMicros;
            case MEMORY_LIMIT -> memoryLimitBytes;
        };
    }

    private static boolean isLimited(PodSpec pod, String resource) {
        return isLimited(pod.spec().path("resources"), resource)
                || pod.containers().stream()
                        .filter(each -> each.role() != ContainerSpec.Role.EPHEMERAL)
                        .allMatch(each -> isLimited(each.resources(), resource));
    }

    private static boolean isLimited(JsonNode resources, String resource) {
        Quantity limit = PodResources.amounts(resources.path("limits")).get(resource);
        return limit != null && limit.signum() > 0;
    }
}
