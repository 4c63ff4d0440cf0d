package dev.gantry.agent.runtime;

/** Where images are kept. */
public record ImageFilesystem(String mountPoint, long usedBytes, long usedInodes) {}
