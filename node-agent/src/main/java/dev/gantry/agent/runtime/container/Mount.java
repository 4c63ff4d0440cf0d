package dev.gantry.agent.runtime.container;

/** A path of the node that appears in a container. */
public record Mount(
        String containerPath, String hostPath, boolean isReadOnly, Propagation propagation) {
    /** Which way later mounts become visible. */
    public enum Propagation {
        PRIVATE,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL
    }
}
