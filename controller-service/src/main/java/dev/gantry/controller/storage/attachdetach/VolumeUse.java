package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whether pods use volumes. */
final class VolumeUse {
    private static final List<String> CONTAINERS =
            List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

    private VolumeUse() {}

    /** Whether a pod of a node may have its volumes mounted. */
    static boolean isOf(Resource pod) {
        return !PodLife.node(pod).isEmpty() && !hasEnded(pod);
    }

    /**
     * Compat: {@code IsPodTerminated}: also one that is being deleted and whose containers ended.
     */
    private static boolean hasEnded(Resource pod) {
        if (PodLife.isFinished(pod) || !pod.isBeingDeleted()) {
            return PodLife.isFinished(pod);
        }
        for (String field : CONTAINERS) {
            for (JsonNode each : pod.status().path(field)) {
                JsonNode state = each.path("state");
                if (!state.path("terminated").isObject() && !state.path("waiting").isObject()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A claim with the name of an ephemeral volume's is that volume's only if the pod owns it. */
    static boolean uses(Resource pod, Resource claim) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            JsonNode named = volume.path("persistentVolumeClaim");
            if (named.isObject() && Resource.text(named, "claimName").equals(claim.name())) {
                return true;
            }
            if (volume.path("ephemeral").isObject()
                    && PodClaims.ephemeral(pod, volume).equals(claim.name())
                    && Ownership.isControlledBy(claim, pod.uid())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the change says something new about what the pod uses. */
    static boolean isNews(Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        Resource was = change.before().get();
        Resource is = change.after().get();
        return isOf(was) != isOf(is)
                || !was.uid().equals(is.uid())
                || !PodLife.node(was).equals(PodLife.node(is));
    }
}
