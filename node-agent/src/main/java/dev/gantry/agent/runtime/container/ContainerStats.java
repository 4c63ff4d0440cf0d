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
        SortedMap<String, String> labels) {}
