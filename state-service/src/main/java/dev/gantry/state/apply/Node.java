package dev.gantry.state.apply;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the schema says about one place in an object: is it owned as a whole, or part by part?
 *
 * <p>Compat: places of which nothing is known (in custom resources) are deduced as apiserver does
 * without a schema: objects part by part, lists as a whole.
 *
 * @param shape empty where nothing is known
 * @param field the field that holds the place, where one does
 */
record Node(Optional<Shape> shape, Optional<Field> field) {
    static Node root(StructType type) {
        return new Node(Optional.of(type), Optional.empty());
    }

    /** Whether the value is an object that is owned part by part. */
    boolean isGranularObject(JsonNode value) {
        if (!(value instanceof ObjectNode) || field.map(Field::isAtomic).orElse(false)) {
            return false;
        }
        return switch (shape.orElse(null)) {
            case null -> true;
            case StructType type ->
                    !type.isAtomic() || field.map(Field::saysGranular).orElse(false);
            case Shape.MapOf _ -> true;
            default -> false;
        };
    }

    /** Whether the value is a list whose items are owned one by one. */
    boolean isGranularList(JsonNode value) {
        return value instanceof ArrayNode
                && shape.orElse(null) instanceof Shape.ListOf
                && field.map(each -> each.listType().isGranular()).orElse(false);
    }

    /** Whether the value is empty, and there for the rules only. */
    boolean isUnwritten(JsonNode value) {
        return value.isEmpty() && field.map(Field::tellsEmpty).orElse(false);
    }

    /** Whether there is such a value here or anywhere below. */
    boolean holdsUnwritten(JsonNode value) {
        if (isUnwritten(value)) {
            return true;
        }
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            if (below(each.getKey()).holdsUnwritten(each.getValue())) {
                return true;
            }
        }
        return value.isArray() && value.valueStream().anyMatch(item()::holdsUnwritten);
    }

    /** A copy of the value without them. */
    JsonNode written(JsonNode value) {
        JsonNode copy = value.deepCopy();
        dropUnwritten(copy);
        return copy;
    }

    private void dropUnwritten(JsonNode value) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(each -> below(each.getKey()).isUnwritten(each.getValue()));
            object.properties()
                    .forEach(each -> below(each.getKey()).dropUnwritten(each.getValue()));
        }
        if (value.isArray()) {
            value.forEach(item()::dropUnwritten);
        }
    }

    /** Whether the place has no fields but those that are declared. */
    boolean isClosed() {
        return shape.orElse(null) instanceof StructType;
    }

    Field list() {
        return field.orElseThrow();
    }

    Node below(String name) {
        return switch (shape.orElse(null)) {
            case StructType type -> {
                Optional<Field> found = type.field(name);
                yield new Node(found.map(Field::shape), found);
            }
            case Shape.MapOf(Shape value) -> new Node(Optional.of(value), Optional.empty());
            case null, default -> new Node(Optional.empty(), Optional.empty());
        };
    }

    Node item() {
        return switch (shape.orElse(null)) {
            case Shape.ListOf(Shape item) -> new Node(Optional.of(item), Optional.empty());
            case null, default -> new Node(Optional.empty(), Optional.empty());
        };
    }

    /** Whether {@code name} is a field that the type declares, not an entry of a map. */
    boolean declares(String name) {
        return shape.orElse(null) instanceof StructType type && type.field(name).isPresent();
    }
}
