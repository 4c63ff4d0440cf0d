package dev.gantry.agent.pod;

import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.RuntimeLabels;

/**
 * A container of this pod that the runtime has or had, and the sandbox it belongs to.
 *
 * @param sandboxId empty where the container is only known from an earlier report
 */
public record SeenContainer(ContainerStatus status, String sandboxId) {
    public String id() {
        return status.id();
    }

    public String name() {
        return status.name();
    }

    /** Whether there is nothing to remove: the runtime does not have it any more. */
    public boolean isLost() {
        return sandboxId.isEmpty();
    }

    public boolean isRunning() {
        return status.state() == ContainerState.RUNNING;
    }

    public boolean hasExited() {
        return status.state() == ContainerState.EXITED;
    }

    /** Whether it was taken away so that all containers of the pod start again. */
    public boolean wasReset() {
        return isLost() && status.reason().equals(ContainerReset.REASON);
    }

    /** The restart count of the try after this one. Compat: that of a reset is counted already. */
    public int nextAttempt() {
        return wasReset() ? restartCount() : restartCount() + 1;
    }

    /** Compat: kept as an annotation, so that it outlives the agent. */
    public int restartCount() {
        String text = status.annotations().getOrDefault(RuntimeLabels.RESTART_COUNT, "0");
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
                ? Integer.parseInt(text)
                : 0;
    }

    public String hash() {
        return status.annotations().getOrDefault(RuntimeLabels.CONTAINER_HASH, "");
    }
}
