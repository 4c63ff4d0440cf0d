package dev.gantry.controller.owner;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Owner references. */
public final class Ownership {
    private Ownership() {}

    public static boolean isControlledBy(Resource object, Uid owner) {
        return object.controller().filter(found -> found.uid().equals(owner)).isPresent();
    }

    public static boolean isOrphan(Resource object) {
        return object.controller().isEmpty();
    }

    /** A reference that makes {@code owner} the controller, and lets it wait for its dependents. */
    public static ObjectNode reference(Resource owner) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("uid", owner.uid().value())
                .put("controller", true)
                .put("blockOwnerDeletion", true);
    }

    public static Resource adopted(Resource object, Resource owner) {
        Resource copy = object.copy();
        references(copy).add(reference(owner));
        return copy;
    }

    public static Resource released(Resource object, Uid owner) {
        Resource copy = object.copy();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : references(copy)) {
            if (!Resource.text(each, "uid").equals(owner.value())) {
                kept.add(each);
            }
        }
        if (kept.isEmpty()) {
            copy.mutableMetadata().remove("ownerReferences");
        } else {
            copy.mutableMetadata().set("ownerReferences", kept);
        }
        return copy;
    }

    private static ArrayNode references(Resource object) {
        return Resource.array(object.mutableMetadata(), "ownerReferences");
    }
}
