package dev.gantry.agent.runtime;

/** What the sandbox itself may do. */
public record SandboxSecurity(
        NamespaceUse namespaces, RunAs runAs, boolean isPrivileged, Seccomp seccomp) {}
