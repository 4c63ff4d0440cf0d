package dev.gantry.controller.owner;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes an object what holds it, whether more than its metadata is known or not. */
public final class MetadataPatch {
    private MetadataPatch() {}

    public static Action withoutFinalizer(
            GroupResource resource, Resource object, String finalizer) {
        return without(resource, object, "finalizers", each -> each.asString("").equals(finalizer));
    }

    public static Action withoutOwners(GroupResource resource, Resource object, Set<Uid> owners) {
        return without(
                resource,
                object,
                "ownerReferences",
                each -> owners.contains(new Uid(Resource.text(each, "uid"))));
    }

    private static Action without(
            GroupResource resource, Resource object, String list, Predicate<JsonNode> goes) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("resourceVersion", Resource.text(object.metadata(), "resourceVersion"));
        ArrayNode kept = metadata.putArray(list);
        for (JsonNode each : object.metadata().path(list)) {
            if (!goes.test(each)) {
                kept.add(each);
            }
        }
        if (kept.isEmpty()) {
            metadata.putNull(list);
        }
        return new Action.PatchMetadata(object.key(resource), metadata);
    }
}
