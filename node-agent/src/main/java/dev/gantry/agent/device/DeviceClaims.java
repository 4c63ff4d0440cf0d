package dev.gantry.agent.device;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The resource claims of a pod. Compat: {@code PrepareResources} of kubelet's dra manager. */
public final class DeviceClaims {
    private DeviceClaims() {}

    /** The claims' names by entry of the pod; empty for one that has not been made yet. */
    public static SortedMap<String, String> of(PodSpec pod) {
        SortedMap<String, String> names = new TreeMap<>();
        for (JsonNode entry : pod.spec().path("resourceClaims")) {
            names.put(Resource.text(entry, "name"), Resource.text(entry, "resourceClaimName"));
        }
        for (JsonNode each : pod.pod().status().path("resourceClaimStatuses")) {
            String made = Resource.text(each, "resourceClaimName");
            if (made.isEmpty()) {
                // It was decided that the pod needs no claim for this entry.
                names.remove(Resource.text(each, "name"));
            } else {
                names.put(Resource.text(each, "name"), made);
            }
        }
        return names;
    }

    /** Why the pod may not start with this claim; empty where it may. */
    public static Optional<String> obstacle(
            PodSpec pod, String entry, String name, Optional<Resource> claim) {
        if (name.isEmpty()) {
            return Optional.of("the claim for %s has not been made yet".formatted(entry));
        }
        if (claim.isEmpty()) {
            return Optional.of(
                    "failed to fetch ResourceClaim %s referenced by pod %s"
                            .formatted(name, pod.name()));
        }
        if (!claim.get().status().path("allocation").isObject()) {
            return Optional.of("ResourceClaim %s is not allocated".formatted(name));
        }
        for (JsonNode each : claim.get().status().path("reservedFor")) {
            if (Resource.text(each, "uid").equals(pod.uid().value())) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "pod %s (%s) is not allowed to use ResourceClaim %s (%s)"
                        .formatted(pod.name(), pod.uid(), name, claim.get().uid()));
    }
}
