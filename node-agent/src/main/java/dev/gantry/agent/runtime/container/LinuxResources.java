package dev.gantry.agent.runtime.container;

/** Cgroup values; zero means no limit. */
public record LinuxResources(
        long cpuPeriodMicros,
        long cpuQuotaMicros,
        long cpuShares,
        long memoryLimitBytes,
        int oomScoreAdjust) {}
