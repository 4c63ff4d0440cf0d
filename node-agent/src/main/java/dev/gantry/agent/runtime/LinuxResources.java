package dev.gantry.agent.runtime;

/** Cgroup values; zero means no limit. */
public record LinuxResources(
        long cpuPeriodMicros,
        long cpuQuotaMicros,
        long cpuShares,
        long memoryLimitBytes,
        int oomScoreAdjust) {}
