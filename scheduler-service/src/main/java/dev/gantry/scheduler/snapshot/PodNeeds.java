package dev.gantry.scheduler.snapshot;

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

    static PodNeeds of(Resource pod) {
        var found = new PodNeeds(PodVolumes.of(pod), PodClaims.of(pod));
        return found.isNone() ? NONE : found;
    }
}
