package dev.gantry.agent.runtime.container;

/** Cgroup values; zero means no limit. */
public record LinuxResources(
        long cpuPeriodMicros,
        long cpuQuotaMicros,
        long cpuShares,
        long memoryLimitBytes,
        int oomScoreAdjust) {
    public boolean hasCpuOf(LinuxResources other) {
        return cpuShares == other.cpuShares && cpuQuotaMicros == other.cpuQuotaMicros;
    }

    public boolean hasMemoryOf(LinuxResources other) {
        return memoryLimitBytes == other.memoryLimitBytes;
    }

    public LinuxResources withMemoryLimit(long bytes) {
        return new LinuxResources(
                cpuPeriodMicros, cpuQuotaMicros, cpuShares, bytes, oomScoreAdjust);
    }
}
