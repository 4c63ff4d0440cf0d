package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.device.PodClaims;
import dev.gantry.scheduler.snapshot.volume.PodVolumes;

/**
 * What a pod needs that has a life of its own: volumes and devices. Cost: most pods need neither,
 * and those share one value.
 */
public record PodNeeds(PodVolumes volumes, PodClaims claims) {
    public static final PodNeeds NONE = new PodNeeds(PodVolumes.NONE, PodClaims.NONE);

    public boolean isNone() {
        return volumes.isNone() && claims.isNone();
    }

    /** Whether a change of this object could help a pod of this namespace that has these needs. */
    public boolean areAbout(ObjectKey object, String podNamespace) {
        boolean isNamesake = object.namespace().equals(podNamespace);
        return switch (object.resource().plural()) {
            case "persistentvolumeclaims" ->
                    isNamesake
                            && volumes.claims().stream()
                                    .anyMatch(each -> each.claim().equals(object.name()));
            case "resourceclaims", "resourceslices", "deviceclasses" -> !claims.isNone();
            default -> !volumes.claims().isEmpty();
        };
    }

    static PodNeeds of(Resource pod) {
        var found = new PodNeeds(PodVolumes.of(pod), PodClaims.of(pod));
        return found.isNone() ? NONE : found;
    }
}
