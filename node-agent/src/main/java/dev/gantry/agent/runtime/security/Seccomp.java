package dev.gantry.agent.runtime.security;

/**
 * Which system calls are let through.
 *
 * @param localhostProfile a file of the node; only for {@link Type#LOCALHOST}
 */
public record Seccomp(Type type, String localhostProfile) {
    public static final Seccomp UNCONFINED = new Seccomp(Type.UNCONFINED, "");
    public static final Seccomp RUNTIME_DEFAULT = new Seccomp(Type.RUNTIME_DEFAULT, "");

    /** As in {@code seccompProfile.type}. */
    public enum Type {
        RUNTIME_DEFAULT,
        UNCONFINED,
        LOCALHOST
    }
}
