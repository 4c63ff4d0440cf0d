package dev.gantry.state.kind.custom;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.subresource.Scale;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Where the objects of a custom kind say how many replicas there shall be, and are. */
final class CustomScale {
    private CustomScale() {}

    /** {@code declared} as a definition has it: paths such as {@code .spec.replicas}. */
    static Scale of(JsonNode declared) {
        String selector = Resource.text(declared, "labelSelectorPath");
        JsonPointer at = pointer(selector);
        return new Scale(
                pointer(Resource.text(declared, "specReplicasPath")),
                pointer(Resource.text(declared, "statusReplicasPath")),
                object -> selector.isEmpty() ? "" : object.tree().at(at).asString(""));
    }

    private static JsonPointer pointer(String path) {
        return JsonPointer.compile(path.replace('.', '/'));
    }
}
