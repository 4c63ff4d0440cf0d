package dev.gantry.controller.lifecycle.garbagecollector;

import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.Dependent;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.Fate;
import dev.gantry.controller.lifecycle.garbagecollector.GarbageCollectorView.OwnerState;
import dev.gantry.controller.owner.MetadataPatch;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** First as an owner that is going, then as a dependent that may have been left behind. */
final class GarbageCollectorReconciler implements Reconciler<GarbageCollectorView, Action> {
    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    @Override
    public Plan<Action> reconcile(GarbageCollectorView view, Instant now) {
        Resource object = view.object();
        if (object.isBeingDeleted()) {
            if (object.finalizers().contains(ORPHAN)) {
                return Plan.of(orphan(view));
            }
            // Each dependent's own look decides on its deletion: it may have other owners.
            boolean isDone = object.finalizers().contains(FOREGROUND) && !view.isHeld();
            return isDone ? Plan.of(List.of(withoutFinalizer(view, FOREGROUND))) : Plan.settled();
        }
        return Plan.of(collect(view));
    }

    private static List<Action> orphan(GarbageCollectorView view) {
        Set<Uid> owner = Set.of(view.object().uid());
        List<Action> actions = new ArrayList<>();
        for (Dependent each : view.dependents()) {
            actions.add(MetadataPatch.withoutOwners(each.resource(), each.object(), owner));
        }
        if (actions.isEmpty()) {
            actions.add(withoutFinalizer(view, ORPHAN));
        }
        return actions;
    }

    private static List<Action> collect(GarbageCollectorView view) {
        if (view.owners().isEmpty()) {
            return List.of();
        }
        boolean hasOwner = view.owners().stream().anyMatch(o -> o.fate() == Fate.PRESENT);
        List<OwnerState> gone =
                view.owners().stream().filter(o -> o.fate() != Fate.PRESENT).toList();
        if (gone.isEmpty()) {
            return List.of();
        }
        Resource object = view.object();
        if (hasOwner) {
            Set<Uid> uids = new TreeSet<>();
            gone.forEach(each -> uids.add(each.owner().uid()));
            return List.of(MetadataPatch.withoutOwners(view.resource(), object, uids));
        }
        boolean isAwaited = gone.stream().anyMatch(o -> o.fate() == Fate.WAITING);
        boolean hasDependents = !view.dependents().isEmpty();
        Propagation how =
                isAwaited && hasDependents ? Propagation.FOREGROUND : Propagation.BACKGROUND;
        return List.of(new Action.Delete(object.key(view.resource()), object.uid(), how));
    }

    private static Action withoutFinalizer(GarbageCollectorView view, String finalizer) {
        return MetadataPatch.withoutFinalizer(view.resource(), view.object(), finalizer);
    }
}
