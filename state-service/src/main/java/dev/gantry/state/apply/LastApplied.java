package dev.gantry.state.apply;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What kubectl applied last on the client's side, by its annotation. */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    private LastApplied() {}

    /**
     * The fields that still have the values which kubectl applied. Empty where it applied nothing,
     * or in another version.
     *
     * <p>Compat: these may be taken over without force when kubectl moves to server-side apply.
     */
    static FieldSet untouched(ObjectNode live, Node root) {
        JsonNode annotation = live.path("metadata").path("annotations").path(ANNOTATION);
        try {
            JsonNode read = JsonMapper.shared().readTree(annotation.asString(""));
            if (!(read instanceof ObjectNode applied)
                    || !applied.path("apiVersion").equals(live.path("apiVersion"))) {
                return FieldSet.EMPTY;
            }
            Comparison difference = Comparison.of(applied, live, root);
            return Fields.of(applied, root)
                    .difference(difference.changed())
                    .difference(difference.removed());
        } catch (JacksonException malformed) {
            return FieldSet.EMPTY;
        }
    }

    /**
     * Compat: where kubectl has applied on its side before, what it now applies on the server's is
     * written down, too, so that it can go back.
     */
    static void update(ObjectNode object, ObjectNode config) {
        JsonNode annotations = object.path("metadata").path("annotations");
        if (!(annotations instanceof ObjectNode found)
                || found.path(ANNOTATION).asString("").isEmpty()) {
            return;
        }
        ObjectNode applied = config.deepCopy();
        if (applied.path("metadata").path("annotations") instanceof ObjectNode own) {
            own.remove(ANNOTATION);
        }
        found.put(ANNOTATION, JsonMapper.shared().writeValueAsString(sorted(applied)) + "\n");
    }

    private static JsonNode sorted(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                Map<String, JsonNode> fields = new TreeMap<>();
                object.properties()
                        .forEach(each -> fields.put(each.getKey(), sorted(each.getValue())));
                yield object.objectNode().setAll(fields);
            }
            case ArrayNode list -> {
                ArrayNode items = list.arrayNode();
                list.forEach(each -> items.add(sorted(each)));
                yield items;
            }
            default -> value;
        };
    }
}
