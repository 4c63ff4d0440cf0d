package dev.gantry.state.apply;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * What differs between two versions of an object.
 *
 * @param changed fields that are new, or have another value
 * @param removed fields that are no longer
 */
record Comparison(FieldSet changed, FieldSet removed) {
    private static final Comparison NONE = new Comparison(FieldSet.EMPTY, FieldSet.EMPTY);

    static Comparison of(JsonNode before, JsonNode after, Node node) {
        if (before.equals(after)) {
            return NONE;
        }
        if (node.isGranularObject(before) && node.isGranularObject(after)) {
            return objects(before, after, node);
        }
        if (node.isGranularList(before) && node.isGranularList(after)) {
            return lists(before, after, node);
        }
        boolean wasGranular = node.isGranularObject(before) || node.isGranularList(before);
        FieldSet gone = wasGranular ? Fields.of(before, node) : FieldSet.EMPTY;
        return new Comparison(Fields.of(after, node), gone);
    }

    private static Comparison objects(JsonNode before, JsonNode after, Node node) {
        Parts parts = new Parts();
        Set<String> names = new LinkedHashSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            Node below = node.below(name);
            boolean isEntry = !node.declares(name);
            parts.add(Element.field(name), before.get(name), after.get(name), below, isEntry);
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
            parts.add(element, old.get(element), now.get(element), node.item(), true);
        }
        return parts.toComparison();
    }

    private static final class Parts {
        private final TreeMap<String, FieldSet> changed = new TreeMap<>();
        private final TreeMap<String, FieldSet> removed = new TreeMap<>();

        /**
         * @param isItself the element is in the set, not only what is below it
         */
        void add(
                String element,
                @org.jspecify.annotations.Nullable JsonNode before,
                @org.jspecify.annotations.Nullable JsonNode after,
                Node node,
                boolean isItself) {
            if (before == null && after != null) {
                put(changed, element, whole(after, node, isItself));
            } else if (after == null && before != null) {
                put(removed, element, whole(before, node, isItself));
            } else if (before != null && after != null) {
                Comparison below = Comparison.of(before, after, node);
                put(changed, element, below.changed());
                put(removed, element, below.removed());
            }
        }

        private static FieldSet whole(JsonNode value, Node node, boolean isItself) {
            FieldSet fields = Fields.of(value, node);
            boolean isEmpty = value.isObject() && value.isEmpty();
            return isItself || isEmpty ? fields.withSelf() : fields;
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
