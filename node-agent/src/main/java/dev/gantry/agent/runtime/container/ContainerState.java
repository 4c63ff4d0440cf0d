package dev.gantry.agent.runtime.container;

/** A container's life, one way only. */
public enum ContainerState {
    CREATED,
    RUNNING,
    EXITED,
    UNKNOWN
}
