package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code PodGroup} of {@code scheduling.k8s.io} says of how its pods are placed.
 *
 * @param minCount how many of them must get their nodes together; 0 where each is placed as if it
 *     were alone (the policy {@code basic})
 */
public record PodGroup(String namespace, String name, int minCount) {
    public static PodGroup of(Resource group) {
        JsonNode gang = group.spec().path("schedulingPolicy").path("gang");
        return new PodGroup(group.namespace(), group.name(), gang.path("minCount").asInt(0));
    }

    /** The group that the pod says it belongs to, whether there is one or not; may be empty. */
    public static String nameIn(Resource pod) {
        return Resource.text(pod.spec().path("schedulingGroup"), "podGroupName");
    }
}
