package dev.gantry.agent.runtime.security;

import java.util.Optional;

/**
 * Which namespaces a sandbox or container has for itself, and which it shares.
 *
 * @param target the id of the container that {@link Scope#TARGET} means; empty where none does
 * @param users which users of the node its own ones are; empty where it has the node's
 */
public record NamespaceUse(
        Scope network, Scope pid, Scope ipc, String target, Optional<IdRange> users) {
    public NamespaceUse(Scope network, Scope pid, Scope ipc) {
        this(network, pid, ipc, "", Optional.empty());
    }

    /** The same, with the processes of the container of that id. */
    public NamespaceUse beside(String container) {
        return new NamespaceUse(network, Scope.TARGET, ipc, container, users);
    }

    /** With whom a namespace is shared. */
    public enum Scope {
        POD,
        CONTAINER,
        NODE,
        TARGET
    }
}
