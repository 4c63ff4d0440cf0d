package dev.gantry.agent.runtime.sandbox;

import java.time.Instant;

/**
 * What a pod as a whole uses; cpu and network are cumulative.
 *
 * @param networkInterface whose bytes are told, as the pod sees it; empty where it has none
 */
public record SandboxStats(
        String id,
        SandboxName name,
        Instant at,
        long cpuNanosTotal,
        long memoryWorkingSetBytes,
        String networkInterface,
        long receivedBytes,
        long sentBytes) {}
