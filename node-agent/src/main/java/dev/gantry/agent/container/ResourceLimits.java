package dev.gantry.agent.container;

import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * Requests and limits as cgroup values.
 *
 * <p>Compat: {@code pkg/kubelet/cm/helpers_linux.go} and {@code pkg/kubelet/qos/policy.go}.
 */
public final class ResourceLimits {
    private static final long PERIOD_MICROS = 100_000;
    private static final long MIN_QUOTA_MICROS = 1000;
    private static final long MIN_SHARES = 2;

    /** Requests of at most so many thousandths of a cpu are all the same to a cgroup. */
    public static final long LEAST_MILLI_CPU_REQUEST = MIN_SHARES;

    /** Limits of at most so many thousandths of a cpu are all the same to a cgroup. */
    public static final long LEAST_MILLI_CPU_LIMIT = 10;

    private static final long MAX_SHARES = 262_144;
    private static final int PROTECTED = -997;
    private static final int FIRST_TO_GO = 1000;
    private static final long CRITICAL_PRIORITY = 2_000_000_000L;

    private ResourceLimits() {}

    public static LinuxResources of(PodSpec pod, ContainerSpec container, long nodeMemoryBytes) {
        int oomScore = oomScore(pod, guardedMemoryBytes(pod, container), nodeMemoryBytes);
        return of(container.resources(), oomScore);
    }

    /**
     * @param resources of a container: {@code requests} and {@code limits}
     */
    public static LinuxResources of(JsonNode resources, int oomScore) {
        SortedMap<String, Quantity> limits = PodResources.amounts(resources.path("limits"));
        SortedMap<String, Quantity> requests = PodResources.amounts(resources.path("requests"));
        Quantity cpuLimit = limits.getOrDefault("cpu", Quantity.ZERO);
        Quantity cpuRequest = requests.getOrDefault("cpu", cpuLimit);
        return new LinuxResources(
                PERIOD_MICROS,
                quota(cpuLimit.toMilli()),
                shares(cpuRequest.toMilli()),
                limits.getOrDefault("memory", Quantity.ZERO).toLong(),
                oomScore);
    }

    /** What a container's cgroup holds of cpu, to be compared. */
    public static String cpuWords(ContainerSpec container) {
        LinuxResources made = of(container.resources(), 0);
        return made.cpuQuotaMicros() + "/" + made.cpuShares();
    }

    /** What a container has of memory, to be compared. */
    public static String memoryWords(ContainerSpec container) {
        LinuxResources made = of(container.resources(), 0);
        return made.memoryLimitBytes() + "/" + container.memoryRequestBytes();
    }

    /** Zero for no limit. */
    public static long quota(long milliCpu) {
        return milliCpu == 0 ? 0 : Math.max(MIN_QUOTA_MICROS, milliCpu * PERIOD_MICROS / 1000);
    }

    public static long shares(long milliCpu) {
        return Math.clamp(milliCpu * 1024 / 1000, MIN_SHARES, MAX_SHARES);
    }

    /** The limit that a quota stands for, in thousandths of a cpu; zero for no limit. */
    public static long milliCpuOfQuota(LinuxResources resources) {
        return resources.cpuPeriodMicros() == 0
                ? 0
                : resources.cpuQuotaMicros() * 1000 / resources.cpuPeriodMicros();
    }

    /** The request that shares stand for, in thousandths of a cpu. */
    public static long milliCpuOfShares(long shares) {
        return Math.ceilDiv(shares * 1000, 1024);
    }

    /**
     * How much memory a container asks for, by which the kernel's OOM killer chooses.
     *
     * <p>Compat: a sidecar is not to go before the containers that it is there for.
     */
    private static long guardedMemoryBytes(PodSpec pod, ContainerSpec container) {
        long own = container.memoryRequestBytes();
        if (container.role() != ContainerSpec.Role.SIDECAR) {
            return own;
        }
        long least =
                pod.mains().stream().mapToLong(ContainerSpec::memoryRequestBytes).min().orElse(own);
        return Math.max(own, least);
    }

    private static int oomScore(PodSpec pod, long memoryRequest, long nodeMemoryBytes) {
        if (pod.spec().path("priority").asLong(0) >= CRITICAL_PRIORITY) {
            return PROTECTED;
        }
        return switch (pod.qosClass()) {
            case GUARANTEED -> PROTECTED;
            case BEST_EFFORT -> FIRST_TO_GO;
            case BURSTABLE -> {
                long score =
                        FIRST_TO_GO - FIRST_TO_GO * memoryRequest / Math.max(1, nodeMemoryBytes);
                yield Math.clamp(score, FIRST_TO_GO + PROTECTED, FIRST_TO_GO - 1);
            }
        };
    }
}
