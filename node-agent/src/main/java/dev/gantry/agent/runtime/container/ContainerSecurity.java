package dev.gantry.agent.runtime.container;

import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.SecurityProfile;
import java.util.List;
import java.util.Optional;

/**
 * What a container may do.
 *
 * @param forbidsNewPrivileges true where {@code allowPrivilegeEscalation} is false
 * @param appArmor empty for what the runtime does by itself where the node has AppArmor
 */
public record ContainerSecurity(
        NamespaceUse namespaces,
        RunAs runAs,
        boolean isPrivileged,
        boolean hasReadOnlyRoot,
        boolean forbidsNewPrivileges,
        Capabilities capabilities,
        KernelFiles kernelFiles,
        SecurityProfile seccomp,
        Optional<SecurityProfile> appArmor) {
    /** Beside what the runtime gives to every container. */
    public record Capabilities(List<String> added, List<String> dropped) {
        public static final Capabilities USUAL = new Capabilities(List.of(), List.of());
    }

    /** Paths of /proc and /sys that are hidden, and those that cannot be written to. */
    public record KernelFiles(List<String> masked, List<String> readOnly) {
        public static final KernelFiles OPEN = new KernelFiles(List.of(), List.of());
    }
}
