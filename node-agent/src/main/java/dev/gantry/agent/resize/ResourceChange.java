package dev.gantry.agent.resize;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.spec.ContainerSpec;
import java.util.Optional;

/**
 * A container that runs with other resources than it was allocated.
 *
 * <p>Compat: {@code computePodResizeAction} of {@code pkg/kubelet/kuberuntime}. Requests and limits
 * that come to the same cgroup values are the same.
 *
 * @param needsRestart whether its resize policy says so
 */
public record ResourceChange(
        ContainerSpec container,
        String id,
        LinuxResources has,
        LinuxResources wants,
        boolean needsRestart) {
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";

    /** Empty where nothing is to be done, or the runtime does not say what the container has. */
    public static Optional<ResourceChange> of(ContainerSpec container, ContainerStatus status) {
        if (!container.isResizable() || status.resources().isEmpty()) {
            return Optional.empty();
        }
        LinuxResources has = status.resources().get();
        LinuxResources wants = wanted(container, has);
        boolean needsRestart = hasOtherCpu(container, status) || hasOtherMemory(container, status);
        boolean isHeld = wants.hasCpuOf(has) && wants.hasMemoryOf(has);
        return isHeld && !needsRestart
                ? Optional.empty()
                : Optional.of(new ResourceChange(container, status.id(), has, wants, needsRestart));
    }

    /**
     * As it runs: what only a restart may change stays. A limit can be added and changed, but not
     * taken away.
     */
    private static LinuxResources wanted(ContainerSpec container, LinuxResources has) {
        LinuxResources wanted = ResourceLimits.of(container.resources(), has.oomScoreAdjust());
        boolean keepsCpu = container.restartsToResize(CPU);
        boolean keepsMemory = container.restartsToResize(MEMORY) || wanted.memoryLimitBytes() == 0;
        return new LinuxResources(
                wanted.cpuPeriodMicros(),
                keepsCpu || wanted.cpuQuotaMicros() == 0
                        ? has.cpuQuotaMicros()
                        : wanted.cpuQuotaMicros(),
                keepsCpu ? has.cpuShares() : wanted.cpuShares(),
                keepsMemory ? has.memoryLimitBytes() : wanted.memoryLimitBytes(),
                wanted.oomScoreAdjust());
    }

    private static boolean hasOtherCpu(ContainerSpec container, ContainerStatus status) {
        return container.restartsToResize(CPU)
                && wasMadeWithOther(
                        status, RuntimeLabels.MADE_WITH_CPU, ResourceLimits.cpuWords(container));
    }

    private static boolean hasOtherMemory(ContainerSpec container, ContainerStatus status) {
        return container.restartsToResize(MEMORY)
                && wasMadeWithOther(
                        status,
                        RuntimeLabels.MADE_WITH_MEMORY,
                        ResourceLimits.memoryWords(container));
    }

    /**
     * By our own word rather than the runtime's, which may round: a container would be restarted
     * again and again.
     */
    private static boolean wasMadeWithOther(
            ContainerStatus status, String annotation, String words) {
        return !status.annotations().getOrDefault(annotation, words).equals(words);
    }

    boolean isOfMemory() {
        return !wants.hasMemoryOf(has);
    }

    boolean isOfCpu() {
        return !wants.hasCpuOf(has);
    }

    boolean lowersMemory() {
        return isOfMemory() && limit(wants.memoryLimitBytes()) < limit(has.memoryLimitBytes());
    }

    boolean lowersCpu() {
        long before = limit(has.cpuQuotaMicros());
        long after = limit(wants.cpuQuotaMicros());
        return before == after ? wants.cpuShares() < has.cpuShares() : after < before;
    }

    private static long limit(long value) {
        return value == 0 ? Long.MAX_VALUE : value;
    }
}
