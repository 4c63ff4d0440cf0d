package dev.gantry.controller.identity.required;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller.Change;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an object in every namespace where it is missing, and restores its data where it has
 * others. Keys are those of the namespaces.
 */
public final class RequiredObject {
    private static final GroupResource NAMESPACES = Resources.NAMESPACES;

    private final GroupResource resource;
    private final Resource pattern;

    /**
     * @param pattern the object as it shall be, without a namespace
     */
    public RequiredObject(GroupResource resource, Resource pattern) {
        this.resource = resource;
        this.pattern = pattern;
    }

    public Set<GroupResource> watches() {
        return Set.of(NAMESPACES, resource);
    }

    /** As {@code Controller.readsWhole}. */
    public boolean readsWhole(ObjectKey key) {
        return key.resource().equals(NAMESPACES) || key.name().equals(pattern.name());
    }

    public void keysFor(Change change, Consumer<ObjectKey> enqueue) {
        if (change.isOf(NAMESPACES)) {
            enqueue.accept(change.key());
        } else if (change.key().name().equals(pattern.name())) {
            enqueue.accept(new ObjectKey(NAMESPACES, "", change.key().namespace()));
        }
    }

    public Plan<Action> reconcile(ObjectKey namespace, ClusterReader cluster) {
        var key = new ObjectKey(resource, namespace.name(), pattern.name());
        return cluster.get(namespace)
                .filter(RequiredObject::isActive)
                .flatMap(_ -> correction(key, cluster.get(key)))
                .map(action -> Plan.of(List.of(action)))
                .orElse(Plan.settled());
    }

    private static boolean isActive(Resource namespace) {
        return !namespace.isBeingDeleted()
                && !Resource.text(namespace.status(), "phase").equals("Terminating");
    }

    private Optional<Action> correction(ObjectKey key, Optional<Resource> found) {
        if (found.isEmpty()) {
            Resource made = pattern.copy();
            made.mutableMetadata().put("namespace", key.namespace());
            return Optional.of(new Action.Create(resource, made));
        }
        JsonNode data = pattern.tree().path("data");
        if (data.isMissingNode() || data.equals(found.get().tree().path("data"))) {
            return Optional.empty();
        }
        ObjectNode restored = found.get().tree().deepCopy();
        restored.set("data", data.deepCopy());
        return Optional.of(new Action.Update(resource, new Resource(restored)));
    }
}
