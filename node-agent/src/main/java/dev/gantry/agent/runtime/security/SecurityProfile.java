package dev.gantry.agent.runtime.security;

/**
 * What the kernel lets a process do: of seccomp, which system calls; of AppArmor, which files and
 * capabilities.
 *
 * @param localhostProfile a file of the node for seccomp, the name of a loaded profile for
 *     AppArmor; only for {@link Type#LOCALHOST}
 */
public record SecurityProfile(Type type, String localhostProfile) {
    public static final SecurityProfile UNCONFINED = new SecurityProfile(Type.UNCONFINED, "");
    public static final SecurityProfile RUNTIME_DEFAULT =
            new SecurityProfile(Type.RUNTIME_DEFAULT, "");

    /** As in {@code seccompProfile.type} and {@code appArmorProfile.type}. */
    public enum Type {
        RUNTIME_DEFAULT,
        UNCONFINED,
        LOCALHOST
    }
}
