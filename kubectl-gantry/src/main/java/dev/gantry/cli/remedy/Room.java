package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.Rejection.Shortage;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Remedies where a node is too full. */
final class Room {
    /** Without some of these no container does anything. */
    private static final Set<String> VITAL = Set.of("cpu", "memory", "ephemeral-storage");

    private Room() {}

    /** The pod asks for less, or others leave. */
    static List<List<Remedy>> forResources(Case each, Rejection rejection) {
        List<List<Remedy>> found = new ArrayList<>();
        lowered(each, rejection).ifPresent(found::add);
        VictimChoice.from(each, rejection.rule(), "")
                .ifPresent(remedy -> found.add(List.of(remedy)));
        return found;
    }

    static List<List<Remedy>> forPorts(Case each) {
        List<String> ports = new ArrayList<>();
        for (JsonNode container : each.pod().spec().path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port.path("hostPort").asInt(0) > 0) {
                    ports.add(port.path("hostPort").asString());
                }
            }
        }
        String because = "that held host port " + String.join(" or ", ports);
        return VictimChoice.from(each, "NodePorts", because)
                .map(remedy -> List.of(List.<Remedy>of(remedy)))
                .orElse(List.of());
    }

    private static Optional<List<Remedy>> lowered(Case each, Rejection rejection) {
        List<Remedy> found = new ArrayList<>();
        for (Shortage shortage : rejection.shortages()) {
            String resource = shortage.resource();
            long most = Requests.rounded(resource, Math.max(0, shortage.free()));
            boolean canDo = !resource.equals("pods") && (most > 0 || !VITAL.contains(resource));
            if (!canDo || leavesNothing(each.pod(), resource, most)) {
                return Optional.empty();
            }
            found.add(
                    new PodRemedy.LowerRequest(
                            resource,
                            shortage.asked(),
                            most,
                            Requests.isOfOneContainer(each.pod().spec(), resource)));
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** The overhead of its runtime class is not the pod's to lower. */
    private static boolean leavesNothing(Resource pod, String resource, long most) {
        JsonNode overhead = pod.spec().path("overhead").path(resource);
        long amount =
                dev.gantry.model.quantity.Quantity.parse(overhead.asString(""))
                        .map(q -> resource.equals("cpu") ? q.toMilli() : q.toLong())
                        .orElse(0L);
        return amount > 0 && amount >= most;
    }
}
