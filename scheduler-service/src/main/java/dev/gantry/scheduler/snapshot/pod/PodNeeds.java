package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.device.ContainerAsk;
import dev.gantry.scheduler.snapshot.device.PodClaims;
import dev.gantry.scheduler.snapshot.volume.PodVolumes;
import java.util.List;

/**
 * What a pod needs that has a life of its own: volumes and devices. Cost: most pods need neither,
 * and those share one value.
 *
 * @param asks extended resources that devices might stand for, if there is a class that says so
 */
public record PodNeeds(PodVolumes volumes, PodClaims claims, List<ContainerAsk> asks) {
    public static final PodNeeds NONE = new PodNeeds(PodVolumes.NONE, PodClaims.NONE, List.of());

    public boolean isNone() {
        return volumes.isNone() && claims.isNone() && asks.isEmpty();
    }

    /** Whether a change of this object could help a pod of this namespace that has these needs. */
    public boolean areAbout(ObjectKey object, String podNamespace) {
        boolean isNamesake = object.namespace().equals(podNamespace);
        return switch (object.resource().plural()) {
            case "persistentvolumeclaims" ->
                    isNamesake
                            && volumes.claims().stream()
                                    .anyMatch(each -> each.claim().equals(object.name()));
            case "resourceclaims", "resourceslices", "deviceclasses" ->
                    !claims.isNone() || !asks.isEmpty();
            default -> !volumes.claims().isEmpty() || !volumes.attachments().isEmpty();
        };
    }

    static PodNeeds of(Resource pod) {
        var found =
                new PodNeeds(
                        PodVolumes.of(pod), PodClaims.of(pod), ContainerAsk.listOf(pod.spec()));
        return found.isNone() ? NONE : found;
    }
}
