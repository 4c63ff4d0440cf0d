package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Whether a pod may be evicted for no better reason than that it would stand better elsewhere.
 *
 * <p>Compat: the Cluster Autoscaler's rules and annotations, which people have put on their pods
 * already. Stricter in three points: a pod without a controller stays even where it is called safe
 * to evict, since no controller makes it anew; the pod of a Job stays, since it ends by itself and
 * its work would be lost; and one of a gang stays, since gangs are placed whole.
 */
public enum Mobility {
    /** A controller makes it anew, and it keeps nothing on its node. */
    MOVABLE,
    /** Belongs to its node, which is as good as empty when only such pods are there. */
    RESIDENT,
    /** Something would be lost, or its owner does not want it. */
    FIXED;

    /** Annotation of a pod, or label of its namespace or node: {@code "false"} keeps pods there. */
    public static final String REBALANCE = "gantry.dev/rebalance";

    private static final String SAFE = "cluster-autoscaler.kubernetes.io/safe-to-evict";
    private static final String SAFE_VOLUMES =
            "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String SYSTEM = "kube-system";

    /** Compat: system-cluster-critical, and all above it. */
    private static final int CRITICAL = 2_000_000_000;

    static Mobility of(Resource pod) {
        Optional<Owner> controller = pod.controller();
        String kind = controller.map(Owner::kind).orElse("");
        Map<String, String> annotations = pod.annotations();
        if (kind.equals("DaemonSet") || kind.equals("Node") || annotations.containsKey(MIRROR)) {
            return RESIDENT;
        }
        String safe = annotations.getOrDefault(SAFE, "");
        boolean isOptedOut =
                annotations.getOrDefault(REBALANCE, "").equals("false") || safe.equals("false");
        boolean isCritical = pod.spec().path("priority").asInt(0) >= CRITICAL;
        if (controller.isEmpty() || isOptedOut || isCritical || !Gang.of(pod).isNone()) {
            return FIXED;
        }
        if (safe.equals("true")) {
            return MOVABLE;
        }
        boolean wouldLose =
                kind.equals("Job")
                        || pod.namespace().equals(SYSTEM)
                        || keepsFiles(pod, annotations);
        return wouldLose ? FIXED : MOVABLE;
    }

    private static boolean keepsFiles(Resource pod, Map<String, String> annotations) {
        List<String> safe = List.of(annotations.getOrDefault(SAFE_VOLUMES, "").split(","));
        for (JsonNode volume : pod.spec().path("volumes")) {
            boolean isOnDisk =
                    volume.has("emptyDir")
                            && !Resource.text(volume.path("emptyDir"), "medium").equals("Memory");
            boolean isLocal = isOnDisk || volume.has("hostPath");
            if (isLocal && !safe.contains(Resource.text(volume, "name"))) {
                return true;
            }
        }
        return false;
    }
}
