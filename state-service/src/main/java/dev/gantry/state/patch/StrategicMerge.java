package dev.gantry.state.patch;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.GoValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Strategic merge patch: a merge patch that knows lists. Items of a list with a merge key are
 * merged with the items of the same key; directives in the patch delete, replace and order.
 *
 * <p>Compat: apimachinery's {@code strategicpatch.StrategicMergeMapPatch}, step by step, with
 * MergeParallelList and IgnoreUnmatchedNulls.
 *
 * <p>Example: {@code
 * {"$setElementOrder/ports":[{"port":2},{"port":1}],"ports":[{"port":1,"name":"a"}]}} names port 1
 * and moves it behind port 2.
 */
final class StrategicMerge {
    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    /** Changes {@code original} and returns the merged object. */
    ObjectNode apply(ObjectNode patch, ObjectNode original, StructType type) {
        return mergeObject(original, patch, type);
    }

    private ObjectNode mergeObject(ObjectNode original, ObjectNode patch, Shape shape) {
        JsonNode directive = patch.get(DIRECTIVE);
        if (directive != null) {
            return switch (directive.asString("")) {
                case "replace" -> {
                    patch.remove(DIRECTIVE);
                    yield patch;
                }
                case "delete" -> JsonNodeFactory.instance.objectNode();
                default ->
                        throw PatchProblem.unsupported(
                                "unknown patch type: %s in map: %s"
                                        .formatted(
                                                GoValue.printed(directive),
                                                GoValue.printed(patch)));
            };
        }
        retainKeys(original, patch);
        for (String name : namesOf(patch)) {
            if (name.startsWith(ORDER)) {
                mergeOrdered(original, patch, name, shape);
            }
        }
        for (String name : namesOf(patch)) {
            mergeField(original, name, patch.get(name), shape);
        }
        return original;
    }

    private void mergeField(ObjectNode original, String written, JsonNode change, Shape shape) {
        boolean isDeletion = written.startsWith(DELETE_FROM);
        String name = isDeletion ? written.substring(DELETE_FROM.length()) : written;
        if (change.isNull()) {
            original.remove(name);
            return;
        }
        JsonNode known = original.get(name);
        switch (change) {
            case ObjectNode object when known instanceof ObjectNode target ->
                    original.set(
                            name,
                            replaces(shape, name)
                                    ? object
                                    : mergeObject(target, object, below(shape, name)));
            case ArrayNode array when known instanceof ArrayNode target ->
                    original.set(name, mergeList(target, array, field(shape, name), isDeletion));
            default -> {
                if (!isDeletion) {
                    original.set(name, withoutDirectives(change));
                }
            }
        }
    }

    private static boolean replaces(Shape shape, String name) {
        return field(shape, name).filter(each -> each.patch().replaces()).isPresent();
    }

    private ArrayNode mergeList(
            ArrayNode original, ArrayNode patch, Optional<Field> field, boolean isDeletion) {
        boolean merges = field.map(each -> each.patch().merges()).orElse(false);
        if (!merges && !isDeletion) {
            return patch;
        }
        String key = field.map(each -> each.patch().mergeKey()).orElse("");
        boolean holdsObjects = hasObjects(original) || hasObjects(patch);
        if (holdsObjects && key.isEmpty()) {
            throw PatchProblem.doesNotApply("cannot merge lists without merge key");
        }
        if (!holdsObjects && isDeletion) {
            return ElementOrder.without(original, patch);
        }
        ArrayNode changes = patch;
        ArrayNode merged = original.deepCopy();
        if (holdsObjects) {
            changes = special(merged, patch, key);
            mergeItems(merged, changes, key, itemOf(field));
        } else {
            ElementOrder.addMissing(merged, patch);
        }
        return new ElementOrder(key).normalize(merged, changes, original);
    }

    /** Performs the directives among the items, and returns the items that are none. */
    private static ArrayNode special(ArrayNode merged, ArrayNode patch, String key) {
        ArrayNode rest = JsonNodeFactory.instance.arrayNode();
        Set<String> deleted = new HashSet<>();
        boolean replaces = false;
        for (JsonNode item : patch) {
            JsonNode directive = item.get(DIRECTIVE);
            if (directive == null) {
                rest.add(item);
                continue;
            }
            switch (directive.asString("")) {
                case "delete" -> deleted.add(keyOf(item, key).toString());
                case "replace" -> replaces = true;
                case "merge" ->
                        throw PatchProblem.doesNotApply(
                                "merging lists cannot yet be specified in the patch");
                default ->
                        throw PatchProblem.unsupported(
                                "unknown patch type: %s in map: %s"
                                        .formatted(
                                                GoValue.printed(directive), GoValue.printed(item)));
            }
        }
        if (replaces) {
            merged.removeAll();
        } else if (!deleted.isEmpty()) {
            ElementOrder.removeIf(
                    merged, each -> each.has(key) && deleted.contains(each.get(key).toString()));
        }
        return rest;
    }

    private void mergeItems(ArrayNode merged, ArrayNode changes, String key, Shape item) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < merged.size(); i++) {
            if (merged.get(i).has(key)) {
                places.putIfAbsent(merged.get(i).get(key).toString(), i);
            }
        }
        for (JsonNode change : changes) {
            Integer at = places.putIfAbsent(keyOf(change, key).toString(), merged.size());
            if (at == null) {
                merged.add(withoutDirectives(change));
            } else if (merged.get(at) instanceof ObjectNode target
                    && change instanceof ObjectNode object) {
                merged.set(at, mergeObject(target, object.deepCopy(), item));
            }
        }
    }

    /** A list whose order the patch gives; both leave the patch. */
    private void mergeOrdered(ObjectNode original, ObjectNode patch, String written, Shape shape) {
        String name = written.substring(ORDER.length());
        if (!(patch.remove(written) instanceof ArrayNode order)) {
            throw PatchProblem.badRequest("invalid patch format of setElementOrder list");
        }
        Optional<Field> field = field(shape, name);
        String key = field.map(each -> each.patch().mergeKey()).orElse("");
        JsonNode change = patch.get(name);
        ArrayNode known =
                original.get(name) instanceof ArrayNode list
                        ? list
                        : JsonNodeFactory.instance.arrayNode();
        if (change == null && !original.has(name) || change != null && change.isNull()) {
            return;
        }
        patch.remove(name);
        ArrayNode merged = known;
        if (change instanceof ArrayNode list) {
            ElementOrder.requireListed(list, order, key);
            merged =
                    original.has(name)
                            ? mergeList(known, list, field, false)
                            : (ArrayNode) withoutDirectives(list);
        }
        original.set(name, new ElementOrder(key).normalize(merged, order, known));
    }

    private static void retainKeys(ObjectNode original, ObjectNode patch) {
        JsonNode retained = patch.remove(RETAIN_KEYS);
        if (retained == null) {
            return;
        }
        Set<String> keys = new HashSet<>();
        retained.forEach(each -> keys.add(each.asString("")));
        for (String name : namesOf(patch)) {
            boolean isDirective = name.startsWith(ORDER) || name.startsWith(DELETE_FROM);
            if (!isDirective && !patch.get(name).isNull() && !keys.contains(name)) {
                throw PatchProblem.badRequest("invalid patch format of retainKeys");
            }
        }
        for (String name : namesOf(original)) {
            if (!keys.contains(name)) {
                original.remove(name);
            }
        }
    }

    /** What is new is taken as it is, but for nulls and directives. */
    private static JsonNode withoutDirectives(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode clean = JsonNodeFactory.instance.objectNode();
            for (var each : object.properties()) {
                String name = each.getKey();
                boolean isDirective =
                        name.equals(DIRECTIVE)
                                || name.equals(RETAIN_KEYS)
                                || name.startsWith(ORDER)
                                || name.startsWith(DELETE_FROM);
                if (!isDirective && !each.getValue().isNull()) {
                    clean.set(name, withoutDirectives(each.getValue()));
                }
            }
            return clean;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode();
            for (JsonNode each : array) {
                boolean isDeletion = each.path(DIRECTIVE).asString("").equals("delete");
                boolean isBareDirective = each.has(DIRECTIVE) && each.size() == 1;
                if (!isDeletion && !isBareDirective) {
                    clean.add(withoutDirectives(each));
                }
            }
            return clean;
        }
        return value;
    }

    private static JsonNode keyOf(JsonNode item, String key) {
        JsonNode found = item.get(key);
        if (found == null) {
            throw PatchProblem.doesNotApply(
                    "map: %s does not contain declared merge key: %s"
                            .formatted(GoText.of(item), key));
        }
        return found;
    }

    private static boolean hasObjects(ArrayNode list) {
        return !list.isEmpty() && list.get(0).isObject();
    }

    private static Optional<Field> field(Shape shape, String name) {
        return shape instanceof StructType type ? type.field(name) : Optional.empty();
    }

    private static Shape below(Shape shape, String name) {
        return switch (shape) {
            case StructType type -> type.field(name).map(Field::shape).orElse(Shape.Scalar.ANY);
            case Shape.MapOf(Shape value) -> value;
            default -> Shape.Scalar.ANY;
        };
    }

    private static Shape itemOf(Optional<Field> field) {
        return field.map(Field::shape).orElse(Shape.Scalar.ANY) instanceof Shape.ListOf(var item)
                ? item
                : Shape.Scalar.ANY;
    }

    /** Sorted, so that the outcome does not hang on the order in which a client wrote. */
    private static TreeSet<String> namesOf(ObjectNode object) {
        return new TreeSet<>(object.propertyNames());
    }
}
