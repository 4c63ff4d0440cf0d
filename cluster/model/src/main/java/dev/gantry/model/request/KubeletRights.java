package dev.gantry.model.request;

import java.util.List;

/**
 * By which subresources of {@code nodes} the paths of a node's agent are guarded.
 *
 * <p>Compat: {@code pkg/kubelet/server/auth.go} with KubeletFineGrainedAuthz, which is on for good
 * since v1.36.
 */
public final class KubeletRights {
    /** Guards everything that has no subresource of its own, running commands included. */
    public static final String PROXY = "proxy";

    private KubeletRights() {}

    /**
     * Each of which suffices, the least one first.
     *
     * @param first segment of the path
     */
    public static List<String> subresources(String first) {
        return switch (first) {
            case "stats", "metrics", "checkpoint", "statusz" -> List.of(first);
            case "logs" -> List.of("log");
            case "flagz" -> List.of("configz");
            case "healthz", "configz", "pods" -> List.of(first, PROXY);
            case "runningpods" -> List.of("pods", PROXY);
            default -> List.of(PROXY);
        };
    }
}
