package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The resource claims that a pod needs, in the order of its spec.
 *
 * @param forResources the one that the scheduler has made for the pod's extended resources
 */
public record PodClaims(List<ClaimUse> claims, Optional<String> forResources) {
    public static final PodClaims NONE = new PodClaims(List.of(), Optional.empty());

    /**
     * @param claim the claim's name; empty while it is still to be made from its template
     * @param isMadeForPod whether it comes from a template and must be owned by the pod
     */
    public record ClaimUse(Optional<String> claim, boolean isMadeForPod) {}

    public boolean isNone() {
        return claims.isEmpty() && forResources.isEmpty();
    }

    /** A claim that the pod's status says is not needed is left out. */
    public static PodClaims of(Resource pod) {
        JsonNode wanted = pod.spec().path("resourceClaims");
        JsonNode resources = pod.status().path("extendedResourceClaimStatus");
        if (wanted.isEmpty() && resources.isEmpty()) {
            return NONE;
        }
        List<ClaimUse> found = new ArrayList<>();
        for (JsonNode each : wanted) {
            String direct = Resource.text(each, "resourceClaimName");
            if (!direct.isEmpty()) {
                found.add(new ClaimUse(Optional.of(direct), false));
                continue;
            }
            Optional<JsonNode> made = made(pod, Resource.text(each, "name"));
            if (made.isEmpty()) {
                found.add(new ClaimUse(Optional.empty(), true));
            } else if (made.get().hasNonNull("resourceClaimName")) {
                String name = Resource.text(made.get(), "resourceClaimName");
                found.add(new ClaimUse(Optional.of(name), true));
            }
        }
        return new PodClaims(
                List.copyOf(found),
                Optional.of(Resource.text(resources, "resourceClaimName"))
                        .filter(each -> !each.isEmpty()));
    }

    private static Optional<JsonNode> made(Resource pod, String name) {
        for (JsonNode each : pod.status().path("resourceClaimStatuses")) {
            if (Resource.text(each, "name").equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
