package dev.gantry.agent.runtime.container;

/** A path of the node that appears in a container. */
public record Mount(String containerPath, String hostPath, Access access, Propagation propagation) {
    /** What may be done to it, and to what is mounted below it on the node. */
    public enum Access {
        READ_WRITE,
        READ_ONLY,
        RECURSIVELY_READ_ONLY
    }

    /** Which way later mounts become visible. */
    public enum Propagation {
        PRIVATE,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL
    }
}
