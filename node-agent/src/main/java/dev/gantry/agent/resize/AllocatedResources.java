package dev.gantry.agent.resize;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources that the node has given a pod.
 *
 * <p>Compat: {@code PodResourceInfo} of {@code pkg/kubelet/allocation/state}.
 *
 * @param pod of the pod as a whole; a missing node where it names none
 * @param containers by name, those that can be resized
 */
public record AllocatedResources(JsonNode pod, SortedMap<String, JsonNode> containers) {
    private static final String RESOURCES = "resources";

    /** All that the pod asks for. */
    public static AllocatedResources of(PodSpec pod) {
        SortedMap<String, JsonNode> containers = new TreeMap<>();
        for (ContainerSpec each : pod.containers()) {
            if (each.isResizable()) {
                containers.put(each.name(), each.resources());
            }
        }
        return new AllocatedResources(pod.spec().path(RESOURCES), containers);
    }

    /** The pod with what it has in place of what it asks for: itself where that is the same. */
    public PodSpec appliedTo(PodSpec asking) {
        if (of(asking).equals(this)) {
            return asking;
        }
        var held = new PodSpec(asking.pod().copy());
        put((ObjectNode) held.spec(), pod);
        for (ContainerSpec each : held.containers()) {
            JsonNode resources = containers.get(each.name());
            if (resources != null && each.tree() instanceof ObjectNode container) {
                put(container, resources);
            }
        }
        return held;
    }

    private static void put(ObjectNode into, JsonNode resources) {
        if (resources.isMissingNode()) {
            into.remove(RESOURCES);
        } else {
            into.set(RESOURCES, resources.deepCopy());
        }
    }
}
