package dev.gantry.agent.runtime.sandbox;

/** Unique in a runtime: a pod's second sandbox has another attempt. */
public record SandboxName(String name, String namespace, String uid, int attempt) {}
