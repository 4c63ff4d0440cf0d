package dev.gantry.model.quota;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.HeldResources;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/** What a pod takes. Compat: {@code PodUsageFunc}. */
final class PodUsage {
    private static final Set<String> COMPUTE = Set.of("cpu", "memory", "ephemeral-storage");

    private PodUsage() {}

    /** Not once it has ended, nor when it should have gone. Compat: {@code QuotaV1Pod}. */
    static boolean isCharged(Resource pod, Instant now) {
        String phase = Resource.text(pod.status(), "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return false;
        }
        JsonNode metadata = pod.metadata();
        Optional<Instant> deleted = Resource.instant(metadata.path("deletionTimestamp"));
        JsonNode grace = metadata.path("deletionGracePeriodSeconds");
        return deleted.isEmpty()
                || !grace.isNumber()
                || !now.isAfter(deleted.get().plusSeconds(grace.asLong(0)));
    }

    /** Whether a limit of this name is about pods. */
    static boolean isOfPods(String name) {
        if (name.equals("pods") || COMPUTE.contains(name) || name.startsWith("hugepages-")) {
            return true;
        }
        if (name.startsWith("limits.")) {
            return COMPUTE.contains(name.substring("limits.".length()));
        }
        String requested = name.startsWith("requests.") ? name.substring("requests.".length()) : "";
        return COMPUTE.contains(requested)
                || requested.startsWith("hugepages-")
                || requested.contains("/");
    }

    /** While a pod is resized, it takes the larger of what it has and what it asks for. */
    static void add(Resource pod, SortedMap<String, Quantity> taken) {
        taken.put("pods", QuotaUsage.count(1));
        PodResources.requests(HeldResources.spec(pod))
                .forEach(
                        (name, amount) -> {
                            if (COMPUTE.contains(name) || name.startsWith("hugepages-")) {
                                taken.put(name, amount);
                                taken.put("requests." + name, amount);
                            } else if (name.contains("/") && !name.contains("kubernetes.io/")) {
                                taken.put("requests." + name, amount);
                            }
                        });
        PodResources.limits(pod.spec())
                .forEach(
                        (name, amount) -> {
                            if (COMPUTE.contains(name)) {
                                taken.put("limits." + name, amount);
                            }
                        });
    }
}
