package dev.gantry.agent.runtime.security;

/** Which namespaces a sandbox or container has for itself, and which it shares. */
public record NamespaceUse(Scope network, Scope pid, Scope ipc) {
    /** With whom a namespace is shared. */
    public enum Scope {
        POD,
        CONTAINER,
        NODE
    }
}
