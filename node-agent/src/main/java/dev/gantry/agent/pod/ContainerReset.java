package dev.gantry.agent.pod;

import dev.gantry.agent.runtime.container.ContainerStatus;

/**
 * How a container ended that was taken away because all containers of its pod start again.
 *
 * <p>Compat: {@code convertToAPIContainerStatuses} of {@code pkg/kubelet/kubelet_pods.go}: the same
 * for all of them, also for the one whose end asked for it.
 */
public final class ContainerReset {
    /** The condition of a pod while its containers are taken away. */
    public static final String CONDITION = "AllContainersRestarting";

    static final String REASON = "RestartingAllContainers";
    private static final String MESSAGE =
            "The container is removed because RestartAllContainers in place";

    public static final ContainerStatus.Exit EXIT = new ContainerStatus.Exit(137, REASON, MESSAGE);
    public static final ContainerWaits.Reason WAIT = new ContainerWaits.Reason(REASON, MESSAGE);

    private ContainerReset() {}
}
