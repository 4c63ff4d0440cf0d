package dev.gantry.agent.runtime.security;

/**
 * Which namespaces a sandbox or container has for itself, and which it shares.
 *
 * @param target the id of the container that {@link Scope#TARGET} means; empty where none does
 */
public record NamespaceUse(Scope network, Scope pid, Scope ipc, String target) {
    public NamespaceUse(Scope network, Scope pid, Scope ipc) {
        this(network, pid, ipc, "");
    }

    /** The same, with the processes of the container of that id. */
    public NamespaceUse beside(String container) {
        return new NamespaceUse(network, Scope.TARGET, ipc, container);
    }

    /** With whom a namespace is shared. */
    public enum Scope {
        POD,
        CONTAINER,
        NODE,
        TARGET
    }
}
