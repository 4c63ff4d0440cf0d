package dev.gantry.agent.runtime.container;

import java.time.Instant;
import java.util.SortedMap;

/** What a container uses; cpu is cumulative. */
public record ContainerStats(
        String id,
        String name,
        Instant at,
        long cpuNanosTotal,
        long memoryWorkingSetBytes,
        long memoryUsageBytes,
        long memoryRssBytes,
        long writableLayerBytes,
        SortedMap<String, String> labels) {
    /** Empty where it is of no pod, as are the next two. */
    public String podUid() {
        return labels.getOrDefault(RuntimeLabels.POD_UID, "");
    }

    public String podNamespace() {
        return labels.getOrDefault(RuntimeLabels.POD_NAMESPACE, "");
    }

    public String podName() {
        return labels.getOrDefault(RuntimeLabels.POD_NAME, "");
    }
}
