package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The volumes of a pod that matter for where it runs.
 *
 * @param claims persistent volume claims, in the order of the pod's volumes
 * @param disks network disks that the pod names itself, and cannot share
 * @param attachments what the pod names itself and takes of a node's attach limits
 */
public record PodVolumes(
        List<ClaimUse> claims, List<InlineDisk> disks, List<Attachment> attachments) {
    public static final PodVolumes NONE = new PodVolumes(List.of(), List.of(), List.of());

    /**
     * @param claim the claim's name
     * @param isEphemeral whether the claim is made for this pod and goes with it
     */
    public record ClaimUse(String claim, boolean isEphemeral) {}

    public boolean isNone() {
        return claims.isEmpty() && disks.isEmpty() && attachments.isEmpty();
    }

    public static PodVolumes of(Resource pod) {
        JsonNode volumes = pod.spec().path("volumes");
        if (volumes.isEmpty()) {
            return NONE;
        }
        List<ClaimUse> claims = new ArrayList<>();
        List<InlineDisk> disks = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        for (JsonNode each : volumes) {
            if (each.has("persistentVolumeClaim")) {
                JsonNode claim = each.path("persistentVolumeClaim");
                claims.add(new ClaimUse(Resource.text(claim, "claimName"), false));
            } else if (each.has("ephemeral")) {
                String name = pod.name() + "-" + Resource.text(each, "name");
                claims.add(new ClaimUse(name, true));
            } else {
                InlineDisk.of(each).ifPresent(disks::add);
                FormerPlugin.attachment(each, Map.of()).ifPresent(attachments::add);
            }
        }
        var found =
                new PodVolumes(List.copyOf(claims), List.copyOf(disks), List.copyOf(attachments));
        return found.isNone() ? NONE : found;
    }
}
