package dev.gantry.agent.runtime;

/** {@code name} such as containerd. */
public record RuntimeVersion(String name, String version) {}
