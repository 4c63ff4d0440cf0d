package dev.gantry.agent.runtime.container;

/**
 * Something happened to a container (or to a sandbox, whose id is then the container's).
 *
 * @param podUid empty where the runtime did not say
 */
public record ContainerEvent(String containerId, Type type, String podUid) {
    /** What happened. */
    public enum Type {
        CREATED,
        STARTED,
        STOPPED,
        DELETED
    }
}
