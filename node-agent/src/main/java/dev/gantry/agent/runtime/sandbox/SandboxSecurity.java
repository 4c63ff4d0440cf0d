package dev.gantry.agent.runtime.sandbox;

import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.SecurityProfile;

/** What the sandbox itself may do. */
public record SandboxSecurity(
        NamespaceUse namespaces, RunAs runAs, boolean isPrivileged, SecurityProfile seccomp) {}
