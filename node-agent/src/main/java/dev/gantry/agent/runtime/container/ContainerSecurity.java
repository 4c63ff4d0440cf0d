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
 * @param maskedPaths paths of /proc and /sys that are hidden
 */
public record ContainerSecurity(
        NamespaceUse namespaces,
        RunAs runAs,
        boolean isPrivileged,
        boolean hasReadOnlyRoot,
        boolean forbidsNewPrivileges,
        List<String> addedCapabilities,
        List<String> droppedCapabilities,
        List<String> maskedPaths,
        List<String> readOnlyPaths,
        SecurityProfile seccomp,
        Optional<SecurityProfile> appArmor) {}
