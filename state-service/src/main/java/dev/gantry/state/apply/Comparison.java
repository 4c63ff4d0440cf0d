package dev.gantry.state.apply;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs between two versions of an object.
 *
 * <p>Compat: {@code TypedValue.Compare} of structured-merge-diff, over objects as Go writes them:
 * what is new is named with everything below it. A field that is written even when it is empty is
 * in both, so that it is not new itself ({@code f:spec} without a dot); one that is kept empty for
 * the rules only is in neither.
 *
 * @param changed fields that are new, or have another value
 * @param removed fields that are no longer
 */
record Comparison(FieldSet changed, FieldSet removed) {
    static final Comparison NONE = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY);
    private static final ObjectNode NO_OBJECT = JsonNodeFactory.instance.objectNode();
    private static final ArrayNode NO_LIST = JsonNodeFactory.instance.arrayNode();

    static Comparison of(ObjectNode before, ObjectNode after, Node node) {
        return before.equals(after) ? NONE : objects(before, after, node);
    }

    boolean isEmpty() {
        return changed.isEmpty() && removed.isEmpty();
    }

    FieldSet all() {
        return changed.union(removed);
    }

    private static Comparison values(JsonNode before, JsonNode after, Node node) {
        if (before.equals(after)) {
            return NONE;
        }
        boolean wasObject = node.isGranularObject(before);
        boolean isObject = node.isGranularObject(after);
        if (isObject && (wasObject || before.isNull() && !after.isEmpty())) {
            return objects(wasObject ? before : NO_OBJECT, after, node);
        }
        if (wasObject && after.isNull() && !before.isEmpty()) {
            return objects(before, NO_OBJECT, node);
        }
        boolean wasList = node.isGranularList(before);
        boolean isList = node.isGranularList(after);
        if (isList && (wasList || before.isNull() && !after.isEmpty())) {
            return lists(wasList ? before : NO_LIST, after, node);
        }
        if (wasList && after.isNull() && !before.isEmpty()) {
            return lists(before, NO_LIST, node);
        }
        if (node.holdsUnwritten(after) && node.written(after).equals(before)) {
            return NONE;
        }
        boolean wasGranular = wasObject || wasList;
        return new Comparison(
                whole(after, node), wasGranular ? whole(before, node) : FieldSet.EMPTY);
    }

    private static Comparison objects(JsonNode before, JsonNode after, Node node) {
        Parts parts = new Parts();
        for (Map.Entry<String, JsonNode> each : after.properties()) {
            parts.add(
                    Element.field(each.getKey()),
                    before.get(each.getKey()),
                    each.getValue(),
                    node.below(each.getKey()));
        }
        for (Map.Entry<String, JsonNode> each : before.properties()) {
            if (!after.has(each.getKey())) {
                parts.add(
                        Element.field(each.getKey()),
                        each.getValue(),
                        null,
                        node.below(each.getKey()));
            }
        }
        return parts.toComparison();
    }

    private static Comparison lists(JsonNode before, JsonNode after, Node node) {
        Map<String, JsonNode> old = Element.items(node.list(), (ArrayNode) before);
        Map<String, JsonNode> now = Element.items(node.list(), (ArrayNode) after);
        Parts parts = new Parts();
        Set<String> elements = new LinkedHashSet<>(old.keySet());
        elements.addAll(now.keySet());
        for (String element : elements) {
            parts.add(element, old.get(element), now.get(element), node.item());
        }
        return parts.toComparison();
    }

    /** The value with all that is below it. */
    private static FieldSet whole(JsonNode value, Node node) {
        if (value.isEmpty()) {
            return FieldSet.LEAF;
        }
        TreeMap<String, FieldSet> children = FieldSet.none();
        if (node.isGranularObject(value)) {
            for (Map.Entry<String, JsonNode> each : value.properties()) {
                Node below = node.below(each.getKey());
                if (!below.isUnwritten(each.getValue())) {
                    children.put(Element.field(each.getKey()), whole(each.getValue(), below));
                }
            }
        } else if (node.isGranularList(value)) {
            for (JsonNode item : value) {
                children.put(Element.item(node.list(), item), whole(item, node.item()));
            }
        }
        return children.isEmpty() ? FieldSet.LEAF : new FieldSet(true, children);
    }

    private static final class Parts {
        private final TreeMap<String, FieldSet> changed = FieldSet.none();
        private final TreeMap<String, FieldSet> removed = FieldSet.none();

        void add(String element, @Nullable JsonNode before, @Nullable JsonNode after, Node node) {
            if (after != null && node.isUnwritten(after)) {
                add(element, before, null, node);
            } else if (before == null && after != null) {
                put(changed, element, whole(after, node));
            } else if (after == null && before != null) {
                put(removed, element, whole(before, node));
            } else if (before != null && after != null) {
                Comparison below = values(before, after, node);
                put(changed, element, below.changed());
                put(removed, element, below.removed());
            }
        }

        private static void put(Map<String, FieldSet> to, String element, FieldSet set) {
            if (!set.isEmpty()) {
                to.put(element, set);
            }
        }

        Comparison toComparison() {
            return new Comparison(new FieldSet(false, changed), new FieldSet(false, removed));
        }
    }
}
