package dev.gantry.controller.storage.localvolume;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * More room for a claim that asks for more than it has. A folder has no size, so there is nothing
 * to be done but to say so, in the volume first.
 *
 * <p>Compat: the events and the status that sig-storage's external-resizer leaves behind. Whether a
 * claim may grow is asked when it is written.
 */
final class LocalExpansion {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final String STORAGE = "storage";
    private static final Set<String> PROGRESS = Set.of("Resizing", "FileSystemResizePending");

    private LocalExpansion() {}

    static List<Action> of(Resource claim, Resource volume) {
        List<Action> actions = new ArrayList<>();
        actions.add(
                event(claim, "Resizing", "External resizer is resizing volume " + volume.name()));
        JsonNode wanted = claim.spec().path("resources").path("requests").path(STORAGE);
        if (!volume.spec().path("capacity").path(STORAGE).equals(wanted)) {
            Resource larger = volume.copy();
            Resource.child(Resource.child(larger.tree(), "spec"), "capacity")
                    .set(STORAGE, wanted.deepCopy());
            actions.add(new Action.Update(VOLUMES, larger));
        }
        Resource grown = claim.copy();
        ObjectNode status = Resource.child(grown.tree(), "status");
        Resource.child(status, "capacity").set(STORAGE, wanted.deepCopy());
        Resource.child(status, "allocatedResources").set(STORAGE, wanted.deepCopy());
        removeProgress(status);
        actions.add(new Action.PutStatus(CLAIMS, grown, claim.revision()));
        actions.add(event(claim, "VolumeResizeSuccessful", "Resize volume succeeded"));
        return actions;
    }

    private static void removeProgress(ObjectNode status) {
        if (status.path("allocatedResourceStatuses") instanceof ObjectNode statuses) {
            statuses.remove(STORAGE);
            if (statuses.isEmpty()) {
                status.remove("allocatedResourceStatuses");
            }
        }
        if (status.path("conditions") instanceof ArrayNode conditions) {
            conditions.removeIf(each -> PROGRESS.contains(Resource.text(each, "type")));
            if (conditions.isEmpty()) {
                status.remove("conditions");
            }
        }
    }

    private static Action event(Resource claim, String reason, String message) {
        return new Action.RecordEvent(CLAIMS, claim, false, reason, message);
    }
}
