package dev.gantry.state.schema.structural;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in the defaults of a schema.
 *
 * <p>Compat: {@code defaulting} of apiextensions-apiserver: a default is set where the field is
 * absent, and where it is null but may not be; what is below a default has its own defaults.
 */
final class Defaulting {
    private Defaulting() {}

    /** Changes {@code value}. */
    static void complete(JsonNode value, StructuralSchema schema) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(each -> isNeedlessNull(each, schema));
            schema.properties().forEach((name, field) -> set(object, name, field));
            for (var entry : object.properties()) {
                StructuralSchema declared = schema.properties().get(entry.getKey());
                if (declared != null) {
                    complete(entry.getValue(), declared);
                } else if (schema.additional().isPresent()) {
                    complete(entry.getValue(), schema.additional().get());
                }
            }
        } else if (value instanceof ArrayNode list && schema.items().isPresent()) {
            list.forEach(each -> complete(each, schema.items().get()));
        }
    }

    /** Compat: {@code PruneNonNullableNullsWithoutDefaults}. */
    private static boolean isNeedlessNull(
            Map.Entry<String, JsonNode> entry, StructuralSchema schema) {
        if (!entry.getValue().isNull()) {
            return false;
        }
        StructuralSchema declared = schema.properties().get(entry.getKey());
        if (declared == null) {
            declared = schema.additional().orElse(null);
        }
        return declared != null
                && !declared.extensions().isNullable()
                && !declared.extensions().preservesUnknown()
                && declared.defaultValue().isEmpty();
    }

    private static void set(ObjectNode object, String name, StructuralSchema field) {
        JsonNode found = object.get(name);
        boolean isOpen = found == null || found.isNull() && !field.extensions().isNullable();
        if (isOpen && field.defaultValue().isPresent()) {
            object.set(name, field.defaultValue().get().deepCopy());
        }
    }
}
