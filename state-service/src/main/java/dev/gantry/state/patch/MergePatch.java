package dev.gantry.state.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386: objects are merged, null removes, everything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /** Changes {@code target} and returns it. */
    static ObjectNode apply(ObjectNode patch, ObjectNode target) {
        for (var each : patch.properties()) {
            String name = each.getKey();
            switch (each.getValue()) {
                case JsonNode removed when removed.isNull() -> target.remove(name);
                case ObjectNode nested -> {
                    ObjectNode below =
                            target.get(name) instanceof ObjectNode known
                                    ? known
                                    : JsonNodeFactory.instance.objectNode();
                    target.set(name, apply(nested, below));
                }
                default -> target.set(name, each.getValue());
            }
        }
        return target;
    }
}
