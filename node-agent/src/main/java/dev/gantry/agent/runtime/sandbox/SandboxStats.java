package dev.gantry.agent.runtime.sandbox;

import java.time.Instant;

/** What a pod as a whole uses; cpu and network are cumulative. */
public record SandboxStats(
        String id,
        SandboxName name,
        Instant at,
        long cpuNanosTotal,
        long memoryWorkingSetBytes,
        long receivedBytes,
        long sentBytes) {}
