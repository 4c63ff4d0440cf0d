package dev.gantry.agent.runtime.sandbox;

import java.util.List;
import java.util.SortedMap;

/**
 * How to make a sandbox.
 *
 * @param hostname empty for a pod on the node's network
 * @param logDirectory where the log paths of its containers begin
 * @param cgroupParent empty for the runtime's own choice
 */
public record SandboxConfig(
        SandboxName name,
        String hostname,
        String logDirectory,
        DnsConfig dns,
        List<PortMapping> ports,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        String cgroupParent,
        SandboxSecurity security,
        SortedMap<String, String> sysctls) {}
