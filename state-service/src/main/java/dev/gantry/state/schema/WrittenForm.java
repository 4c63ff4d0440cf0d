package dev.gantry.state.schema;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an object is stored: not the zeros that mean the same as nothing.
 *
 * <p>Compat: upstream reads a body into Go structs and writes those again, so {@code
 * initialDelaySeconds: 0} or an empty list are gone afterwards. Clients rely on it when they
 * compare what they sent with what is stored; so does the rule that pods hardly change.
 *
 * <p>Cost: one walk over the tree for each write; nothing is copied.
 */
public final class WrittenForm {
    private WrittenForm() {}

    /** Drops in place what is not written. */
    public static void reduce(ObjectNode object, StructType type) {
        struct(object, type);
    }

    private static void struct(ObjectNode object, StructType type) {
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Field field = type.fieldOrNull(entry.getKey());
            if (field == null) {
                continue;
            }
            descend(entry.getValue(), field.shape());
            boolean keepsZero = field.isPointer() || field.isWritten() || field.isRequired();
            if (entry.getValue().isNull() || (!keepsZero && isZero(entry.getValue(), field))) {
                entries.remove();
            }
        }
    }

    private static void descend(JsonNode value, Shape shape) {
        switch (shape) {
            case StructType type when value instanceof ObjectNode object -> struct(object, type);
            case Shape.ListOf(Shape item) when value instanceof ArrayNode array ->
                    array.forEach(each -> descend(each, item));
            case Shape.MapOf(Shape entry) when value instanceof ObjectNode map ->
                    map.forEach(each -> descend(each, entry));
            default -> {}
        }
    }

    /** Structs that are no pointers are written even when empty; so are amounts and ports. */
    private static boolean isZero(JsonNode value, Field field) {
        return switch (field.shape()) {
            case Shape.ListOf _, Shape.MapOf _ -> value.isEmpty();
            case Shape.Scalar scalar ->
                    switch (scalar) {
                        case STRING -> value.isString() && value.stringValue().isEmpty();
                        case INT32, INT64, DOUBLE -> value.isNumber() && value.asDouble() == 0;
                        case BOOL -> value.isBoolean() && !value.booleanValue();
                        case BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> false;
                    };
            case StructType _ -> false;
        };
    }
}
