package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What pods request of one resource, in thousandths by pod, or which of them requests nothing.
 *
 * <p>Compat: {@code calculateRequests}: what a pod requests as a whole goes before what its
 * containers do; containers that start first and stay count like the others.
 */
record PodRequests(TreeMap<String, Long> milli, Optional<String> missing) {
    static PodRequests of(List<Resource> pods, String resource, String container) {
        TreeMap<String, Long> found = new TreeMap<>();
        for (Resource pod : pods) {
            Optional<Quantity> whole =
                    container.isEmpty() ? request(pod.spec(), resource) : Optional.empty();
            if (whole.isPresent()) {
                found.put(pod.name(), whole.get().toMilli());
                continue;
            }
            long sum = 0;
            for (JsonNode each : counted(pod, container)) {
                Optional<Quantity> request = request(each, resource);
                if (request.isEmpty()) {
                    String why =
                            "missing request for %s in container %s of Pod %s"
                                    .formatted(resource, Resource.text(each, "name"), pod.name());
                    return new PodRequests(found, Optional.of(why));
                }
                sum += request.get().toMilli();
            }
            found.put(pod.name(), sum);
        }
        return new PodRequests(found, Optional.empty());
    }

    long of(String pod) {
        return milli.getOrDefault(pod, 0L);
    }

    private static List<JsonNode> counted(Resource pod, String only) {
        List<JsonNode> all = new ArrayList<>();
        pod.spec().path("containers").forEach(all::add);
        for (JsonNode each : pod.spec().path("initContainers")) {
            if (Resource.text(each, "restartPolicy").equals("Always")) {
                all.add(each);
            }
        }
        return all.stream()
                .filter(each -> only.isEmpty() || only.equals(Resource.text(each, "name")))
                .toList();
    }

    private static Optional<Quantity> request(JsonNode holder, String resource) {
        return Quantity.parse(Resource.text(holder.path("resources").path("requests"), resource));
    }
}
