package dev.gantry.agent.runtime;

/** What a runtime says of itself at one time. */
public record RuntimeStatus(RuntimeHealth health, RuntimeFeatures features) {}
