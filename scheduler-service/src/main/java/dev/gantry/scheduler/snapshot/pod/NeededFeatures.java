package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a node must say that it can do for the pod to run there as it is meant to.
 *
 * <p>Compat: component-helpers' {@code nodedeclaredfeatures}, {@code InferForScheduling}, as far as
 * v1.36 has the features on.
 */
final class NeededFeatures {
    private static final List<String> RESTART_ALL = List.of("RestartAllContainersOnContainerExits");

    private NeededFeatures() {}

    /** By name, in order. */
    static List<String> of(JsonNode spec) {
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode rule : container.path("restartPolicyRules")) {
                    if (Resource.text(rule, "action").equals("RestartAllContainers")) {
                        return RESTART_ALL;
                    }
                }
            }
        }
        return List.of();
    }
}
