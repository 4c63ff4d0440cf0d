package dev.gantry.controller.lifecycle.protection;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that lives has the finalizer; what is going keeps it for as long as it is used. */
public final class ProtectionReconciler implements Reconciler<ProtectionView, Action> {
    private final GroupResource resource;
    private final String finalizer;

    public ProtectionReconciler(GroupResource resource, String finalizer) {
        this.resource = resource;
        this.finalizer = finalizer;
    }

    @Override
    public Plan<Action> reconcile(ProtectionView view, Instant now) {
        boolean isProtected = view.object().finalizers().contains(finalizer);
        if (view.object().isBeingDeleted()) {
            return isProtected && !view.isUsed() ? update(without(view.object())) : Plan.settled();
        }
        return isProtected ? Plan.settled() : update(with(view.object()));
    }

    private Plan<Action> update(Resource object) {
        return Plan.of(List.of(new Action.Update(resource, object)));
    }

    private Resource with(Resource object) {
        Resource copy = object.copy();
        ObjectNode metadata = copy.mutableMetadata();
        ArrayNode finalizers = Resource.array(metadata, "finalizers");
        finalizers.add(finalizer);
        return copy;
    }

    private Resource without(Resource object) {
        Resource copy = object.copy();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        object.finalizers().stream().filter(each -> !each.equals(finalizer)).forEach(kept::add);
        if (kept.isEmpty()) {
            copy.mutableMetadata().remove("finalizers");
        } else {
            copy.mutableMetadata().set("finalizers", kept);
        }
        return copy;
    }
}
