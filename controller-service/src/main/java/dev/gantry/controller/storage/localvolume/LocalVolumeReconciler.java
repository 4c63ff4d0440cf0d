package dev.gantry.controller.storage.localvolume;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.storage.LocalStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What becomes of a volume that nobody needs any more.
 *
 * <p>Compat: also one that a person deletes keeps to its reclaim policy: with Retain, the folder
 * stays.
 */
final class LocalVolumeReconciler implements Reconciler<LocalVolumeView, Action> {
    @Override
    public Plan<Action> reconcile(LocalVolumeView view, Instant now) {
        Resource volume = view.volume();
        if (!volume.isBeingDeleted()) {
            return view.isReleased() && view.isToBeDeleted() ? delete(volume) : Plan.settled();
        }
        if (view.isBound() || !volume.finalizers().contains(LocalVolume.FINALIZER)) {
            return Plan.settled();
        }
        List<Action> actions = new ArrayList<>();
        if (view.isToBeDeleted()) {
            view.node()
                    .map(node -> LocalStorage.folder(node.name(), volume.name()))
                    .ifPresent(path -> actions.add(new Action.DeletePath(path)));
        }
        actions.add(new Action.Update(Resources.PERSISTENT_VOLUMES, released(volume)));
        return Plan.of(actions);
    }

    private static Plan<Action> delete(Resource volume) {
        return Plan.of(
                List.of(
                        new Action.Delete(
                                volume.key(Resources.PERSISTENT_VOLUMES),
                                volume.uid(),
                                Propagation.BACKGROUND)));
    }

    private static Resource released(Resource volume) {
        Resource next = volume.copy();
        ArrayNode left = next.mutableMetadata().putArray("finalizers");
        for (JsonNode each : volume.metadata().path("finalizers")) {
            if (!each.asString("").equals(LocalVolume.FINALIZER)) {
                left.add(each);
            }
        }
        return next;
    }
}
