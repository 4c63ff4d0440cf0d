package dev.gantry.bench.client;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What becomes of pods in a cluster, as far as its nodes go. */
public enum Workers {
    /** There is no node that is ready. */
    NONE,
    /** Nodes are ready, but nobody has ever said that he runs them: pods are bound, no more. */
    ON_PAPER,
    /** Pods run. */
    REAL;

    private static final String SIMULATED = "gantry.dev/simulated";

    public static Workers of(Cluster cluster) {
        return of(cluster.api().list(Resources.NODES, "", ""));
    }

    static Workers of(List<Resource> nodes) {
        List<Resource> ready = nodes.stream().filter(Workers::isReady).toList();
        if (ready.isEmpty()) {
            return NONE;
        }
        return ready.stream().anyMatch(Workers::isRun) ? REAL : ON_PAPER;
    }

    private static boolean isReady(Resource node) {
        for (JsonNode condition : node.tree().at("/status/conditions")) {
            if (Resource.text(condition, "type").equals("Ready")) {
                return Resource.text(condition, "status").equals("True");
            }
        }
        return false;
    }

    /** Whoever runs a node says which version it is. */
    private static boolean isRun(Resource node) {
        JsonNode told = node.tree().at("/status/nodeInfo");
        return !Resource.text(told, "kubeletVersion").isEmpty()
                && !node.metadata().path("annotations").has(SIMULATED);
    }
}
