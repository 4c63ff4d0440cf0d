package dev.gantry.agent.node;

/** What the machine says of itself. */
public record Machine(
        String machineId,
        String systemUuid,
        String bootId,
        String kernelVersion,
        String osImage,
        String architecture,
        int cpus,
        long memoryBytes,
        long storageBytes) {}
