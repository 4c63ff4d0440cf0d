package dev.gantry.state.schema;

import java.util.Iterator;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The form in which an object is stored: without the zeros that mean the same as nothing, and with
 * those that are written all the same.
 *
 * <p>Compat: upstream reads a body into Go structs and writes those again, so {@code
 * initialDelaySeconds: 0} or an empty list are gone afterwards, and {@code rules: null}, {@code
 * lastProbeTime: null} or {@code resources: {}} are there. Clients rely on it when they compare
 * what they sent with what is stored; so does the rule that pods hardly change.
 *
 * <p>Cost: one walk over the tree for each write; nothing is copied.
 */
public final class WrittenForm {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private WrittenForm() {}

    /**
     * Drops in place what is not written, and adds what always is. A list that is always written,
     * or of which a rule tells an empty one from none, stays empty, where it is: until it is stored
     * it differs from none.
     */
    public static void complete(ObjectNode object, StructType type) {
        Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Field field = type.fieldOrNull(entry.getKey());
            if (field == null) {
                continue;
            }
            JsonNode value = entry.getValue();
            descend(value, field.shape());
            boolean keepsZero = field.isPointer() || field.isRequired() || field.tellsEmpty();
            boolean isNothing = value.isNull() || !keepsZero && isZero(value, field);
            if (isNothing && !field.isAlwaysWritten()) {
                entries.remove();
            }
        }
        addZeros(object, type);
    }

    /** What is written of an object in which nothing is set. */
    public static ObjectNode empty(StructType type) {
        ObjectNode object = NODES.objectNode();
        addZeros(object, type);
        return object;
    }

    /** Of a complete object, in place, once it is judged. */
    public static void store(ObjectNode object, StructType type) {
        complete(object, type);
        visit(object, type, WrittenForm::forgetEmptyLists);
    }

    /** Of a complete object, in place, for whoever reads it before it is judged. */
    public static void show(ObjectNode object, StructType type) {
        visit(object, type, WrittenForm::forgetToldFromNone);
    }

    /** Compat: storage knows only how many items there are. */
    private static void forgetEmptyLists(ObjectNode object, StructType type) {
        for (Field field : type.alwaysWritten()) {
            boolean isList = field.shape() instanceof Shape.ListOf;
            if (isList && object.path(field.name()).isEmpty()) {
                object.putNull(field.name());
            }
        }
        forgetToldFromNone(object, type);
    }

    /** Compat: Go leaves them out wherever it writes the object. */
    private static void forgetToldFromNone(ObjectNode object, StructType type) {
        for (Field field : type.tellingEmpty()) {
            if (object.path(field.name()).isEmpty()) {
                object.remove(field.name());
            }
        }
    }

    /** Each struct before those in it. */
    private static void visit(
            JsonNode value, Shape shape, BiConsumer<ObjectNode, StructType> visitor) {
        switch (shape) {
            case StructType type when value instanceof ObjectNode object -> {
                visitor.accept(object, type);
                for (Map.Entry<String, JsonNode> each : object.properties()) {
                    Field field = type.fieldOrNull(each.getKey());
                    if (field != null) {
                        visit(each.getValue(), field.shape(), visitor);
                    }
                }
            }
            case Shape.ListOf(Shape item) when value instanceof ArrayNode array ->
                    array.forEach(each -> visit(each, item, visitor));
            case Shape.MapOf(Shape entry) when value instanceof ObjectNode map ->
                    map.forEach(each -> visit(each, entry, visitor));
            default -> {}
        }
    }

    private static void descend(JsonNode value, Shape shape) {
        switch (shape) {
            case StructType type when value instanceof ObjectNode object -> complete(object, type);
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
                        case STRING, BYTES -> value.isString() && value.stringValue().isEmpty();
                        case INT32, INT64, DOUBLE -> value.isNumber() && value.asDouble() == 0;
                        case BOOL -> value.isBoolean() && !value.booleanValue();
                        case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, ANY -> false;
                    };
            case StructType _ -> false;
        };
    }

    private static void addZeros(ObjectNode object, StructType type) {
        for (Field field : type.alwaysWritten()) {
            JsonNode value = object.get(field.name());
            if (value == null || value.isNull()) {
                object.set(field.name(), zero(field));
            }
        }
    }

    private static JsonNode zero(Field field) {
        if (field.isPointer()) {
            return NODES.nullNode();
        }
        return switch (field.shape()) {
            case StructType type -> empty(type);
            case Shape.ListOf _, Shape.MapOf _ -> NODES.nullNode();
            case Shape.Scalar scalar ->
                    switch (scalar) {
                        case STRING -> NODES.stringNode("");
                        case INT32, INT64, DOUBLE, INT_OR_STRING -> NODES.numberNode(0);
                        case BOOL -> NODES.booleanNode(false);
                        case QUANTITY -> NODES.stringNode("0");
                        case BYTES, TIME, MICRO_TIME, ANY -> NODES.nullNode();
                    };
        };
    }
}
