package dev.gantry.model.pod;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources that a pod counts with on its node while it is resized in place.
 *
 * <p>Compat: {@code resource.PodRequests} with {@code UseStatusResources}: of what a container asks
 * for, what it was allocated and what it runs with, the largest; what it asks for does not count
 * where the node says that it can never give it. The same for the pod as a whole. Init containers
 * that end cannot be resized.
 *
 * <p>Example: a container runs with 2 cpu, its spec was changed to 1, and the node has not acted
 * yet: 2.
 */
public final class HeldResources {
    private HeldResources() {}

    /** A container, or the pod, and what its status says of it. */
    private record Part(ObjectNode asking, JsonNode holding) {
        JsonNode asked() {
            return asking.path("resources").path("requests");
        }

        List<JsonNode> held() {
            return List.of(
                    holding.path("resources").path("requests"), holding.path("allocatedResources"));
        }

        boolean isResized() {
            return held().stream().anyMatch(each -> !each.isEmpty() && !each.equals(asked()));
        }

        void settle(boolean isInfeasible) {
            SortedMap<String, Quantity> most = new TreeMap<>();
            if (!isInfeasible) {
                most.putAll(PodResources.amounts(asked()));
            }
            held().forEach(each -> PodResources.raise(most, PodResources.amounts(each)));
            ObjectNode requests = Resource.child(asking, "resources").putObject("requests");
            most.forEach((name, amount) -> requests.put(name, amount.toString()));
        }
    }

    /**
     * The pod's spec, in which requests are what is held. Cost: most pods are not being resized,
     * and theirs is the spec itself.
     */
    public static JsonNode spec(Resource pod) {
        if (parts(pod.spec(), pod.status()).stream().noneMatch(Part::isResized)) {
            return pod.spec();
        }
        JsonNode held = pod.spec().deepCopy();
        boolean isInfeasible =
                Conditions.find(pod.status().path("conditions"), "PodResizePending")
                        .filter(each -> Resource.text(each, "reason").equals("Infeasible"))
                        .isPresent();
        parts(held, pod.status()).forEach(each -> each.settle(isInfeasible));
        return held;
    }

    /** Those of which the status says what they run with. */
    private static List<Part> parts(JsonNode spec, JsonNode status) {
        List<Part> parts = new ArrayList<>();
        if (spec.path("resources").path("requests").isObject()) {
            add(spec, status, parts);
        }
        for (JsonNode each : spec.path("containers")) {
            add(each, find(status.path("containerStatuses"), each), parts);
        }
        for (JsonNode each : spec.path("initContainers")) {
            if (Resource.text(each, "restartPolicy").equals("Always")) {
                add(each, find(status.path("initContainerStatuses"), each), parts);
            }
        }
        return parts;
    }

    private static void add(JsonNode asking, JsonNode holding, List<Part> parts) {
        if (asking instanceof ObjectNode object && holding.path("resources").isObject()) {
            parts.add(new Part(object, holding));
        }
    }

    /** A missing node where the status does not speak of the container. */
    private static JsonNode find(JsonNode statuses, JsonNode container) {
        String name = Resource.text(container, "name");
        for (JsonNode each : statuses) {
            if (Resource.text(each, "name").equals(name)) {
                return each;
            }
        }
        return statuses.path(-1);
    }
}
