package dev.gantry.agent.runtime.container;

import java.time.Instant;
import java.util.SortedMap;

/** A container as a listing shows it. */
public record ContainerEntry(
        String id,
        String sandboxId,
        String name,
        int attempt,
        ContainerState state,
        Instant createdAt,
        String imageRef,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    /** Empty where the container is none of ours. */
    public String podUid() {
        return labels.getOrDefault(RuntimeLabels.POD_UID, "");
    }
}
