package dev.gantry.agent.runtime.container;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * All that a runtime tells about one container.
 *
 * @param startedAt the epoch where it never was
 * @param finishedAt the epoch where it has not
 * @param reason such as OOMKilled or Error; empty while it runs
 * @param logPath absolute
 */
public record ContainerStatus(
        String id,
        String name,
        int attempt,
        ContainerState state,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt,
        int exitCode,
        String imageName,
        String imageRef,
        String reason,
        String message,
        List<Mount> mounts,
        String logPath,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    public boolean isRunning() {
        return state == ContainerState.RUNNING;
    }

    public boolean hasExited() {
        return state == ContainerState.EXITED;
    }
}
