package dev.gantry.agent.container;

import dev.gantry.agent.runtime.security.SecurityProfile;
import java.util.List;

/**
 * What a node does for the safety of pods that ask for nothing.
 *
 * @param seccomp of containers that name no profile
 * @param seccompFolder where the profiles are that pods name, as kubelet's {@code seccomp}
 * @param hasAppArmor whether profiles of AppArmor can be had
 * @param allowedSysctls that pods may set beside the safe ones: names, or beginnings before a
 *     {@code *}
 * @param maxProcesses of one pod, threads included; zero for no limit but the node's
 */
public record NodeSecurity(
        SecurityProfile seccomp,
        String seccompFolder,
        boolean hasAppArmor,
        List<String> allowedSysctls,
        long maxProcesses) {}
