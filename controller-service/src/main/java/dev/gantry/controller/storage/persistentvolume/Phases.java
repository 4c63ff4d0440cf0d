package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The writes that make a claim or a volume say its phase; none where it says so already. */
final class Phases {
    private Phases() {}

    /** Not bound: it has neither capacity nor access modes. */
    static List<Action> claim(Resource claim, String phase) {
        Resource next = claim.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.put("phase", phase);
        status.remove("accessModes");
        status.remove("capacity");
        status.remove("currentVolumeAttributesClassName");
        return changed(claim, next);
    }

    /**
     * Compat: the capacity is taken over when the claim becomes bound; later changes are resizes.
     */
    static List<Action> bound(Resource claim, Resource volume) {
        Resource next = claim.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        if (!Storage.phase(claim).equals("Bound")) {
            status.put("phase", "Bound");
            take(status, "capacity", volume.spec().path("capacity"));
        }
        take(status, "accessModes", volume.spec().path("accessModes"));
        take(
                status,
                "currentVolumeAttributesClassName",
                volume.spec().path("volumeAttributesClassName"));
        return changed(claim, next);
    }

    static List<Action> volume(Resource volume, String phase, String message, Instant now) {
        if (Storage.phase(volume).equals(phase)) {
            return List.of();
        }
        Resource next = volume.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.put("phase", phase);
        status.put("lastPhaseTransitionTime", Conditions.timestamp(now));
        if (message.isEmpty()) {
            status.remove("message");
        } else {
            status.put("message", message);
        }
        return List.of(new Action.PutStatus(Storage.VOLUMES, next, volume.revision()));
    }

    private static void take(ObjectNode status, String field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            status.remove(field);
        } else {
            status.set(field, value.deepCopy());
        }
    }

    private static List<Action> changed(Resource before, Resource after) {
        return after.status().equals(before.status())
                ? List.of()
                : List.of(new Action.PutStatus(Storage.CLAIMS, after, before.revision()));
    }
}
