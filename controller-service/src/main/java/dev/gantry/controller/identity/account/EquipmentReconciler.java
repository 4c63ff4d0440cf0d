package dev.gantry.controller.identity.account;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the object where it is missing, and restores its data where it has others. */
final class EquipmentReconciler implements Reconciler<EquipmentView, Action> {
    private final GroupResource resource;
    private final Resource pattern;

    /**
     * @param pattern the object as it shall be, without a namespace
     */
    EquipmentReconciler(GroupResource resource, Resource pattern) {
        this.resource = resource;
        this.pattern = pattern;
    }

    @Override
    public Plan<Action> reconcile(EquipmentView view, Instant now) {
        if (!view.isActive()) {
            return Plan.settled();
        }
        Optional<Resource> found = view.found();
        if (found.isEmpty()) {
            Resource made = pattern.copy();
            made.mutableMetadata().put("namespace", view.namespace().name());
            return Plan.of(List.of(new Action.Create(resource, made)));
        }
        JsonNode data = pattern.tree().path("data");
        if (data.isMissingNode() || data.equals(found.get().tree().path("data"))) {
            return Plan.settled();
        }
        ObjectNode restored = found.get().tree().deepCopy();
        restored.set("data", data.deepCopy());
        return Plan.of(List.of(new Action.Update(resource, new Resource(restored))));
    }
}
