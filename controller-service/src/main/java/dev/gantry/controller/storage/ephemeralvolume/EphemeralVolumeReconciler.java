package dev.gantry.controller.storage.ephemeralvolume;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A claim for each ephemeral volume that has none. */
final class EphemeralVolumeReconciler implements Reconciler<EphemeralVolumeView, Action> {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;

    @Override
    public Plan<Action> reconcile(EphemeralVolumeView view, Instant now) {
        if (view.pod().isBeingDeleted()) {
            return Plan.settled();
        }
        List<Action> actions = new ArrayList<>();
        for (JsonNode volume : view.pod().spec().path("volumes")) {
            if (volume.path("ephemeral").isObject()) {
                step(view, volume).ifPresent(actions::add);
            }
        }
        return Plan.of(actions);
    }

    private static Optional<Action> step(EphemeralVolumeView view, JsonNode volume) {
        Resource pod = view.pod();
        Resource found = view.claims().get(PodClaims.ephemeral(pod, volume));
        if (found == null) {
            return Optional.of(new Action.Create(CLAIMS, claim(pod, volume)));
        }
        if (Ownership.isControlledBy(found, pod.uid())) {
            return Optional.empty();
        }
        String message =
                "ephemeral volume %s: PVC %s/%s was not created for pod %s/%s (pod is not owner)"
                        .formatted(
                                Resource.text(volume, "name"),
                                found.namespace(),
                                found.name(),
                                pod.namespace(),
                                pod.name());
        return Optional.of(
                new Action.RecordEvent(Resources.PODS, pod, true, "FailedBinding", message));
    }

    private static Resource claim(Resource pod, JsonNode volume) {
        JsonNode template = volume.path("ephemeral").path("volumeClaimTemplate");
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("name", PodClaims.ephemeral(pod, volume));
        metadata.put("namespace", pod.namespace());
        for (String field : List.of("labels", "annotations")) {
            JsonNode value = template.path("metadata").path(field);
            if (value.isObject()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.reference(podAsOwner(pod)));
        claim.set("spec", template.path("spec").deepCopy());
        return new Resource(claim);
    }

    /** Objects of the feed say their kind; those of a list may not. */
    private static Resource podAsOwner(Resource pod) {
        Resource owner = pod.copy();
        owner.tree().put("apiVersion", "v1").put("kind", "Pod");
        return owner;
    }
}
