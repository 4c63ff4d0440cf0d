package dev.gantry.agent.runtime.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * The namespaces and the cgroup that the containers of one pod share.
 *
 * @param ips first the primary one; empty for a pod on the node's network
 * @param handler by which it runs; empty for the runtime's default
 */
public record PodSandbox(
        String id,
        SandboxName name,
        boolean isReady,
        Instant createdAt,
        List<String> ips,
        String handler,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations) {
    public String podUid() {
        return name.uid();
    }
}
