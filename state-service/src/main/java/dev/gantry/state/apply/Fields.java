package dev.gantry.state.apply;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The fields that a value sets. */
final class Fields {
    private Fields() {}

    /** Compat: {@code TypedValue.ToFieldSet}. */
    static FieldSet of(JsonNode value, Node node) {
        TreeMap<String, FieldSet> children = FieldSet.none();
        if (node.isGranularObject(value)) {
            for (var each : value.properties()) {
                Node below = node.below(each.getKey());
                FieldSet set = of(each.getValue(), below);
                boolean isEmpty = each.getValue().isObject() && each.getValue().isEmpty();
                boolean isEntry = !node.declares(each.getKey());
                FieldSet named = isEmpty || isEntry ? set.withSelf() : set;
                if (!named.isEmpty()) {
                    children.put(Element.field(each.getKey()), named);
                }
            }
            return new FieldSet(false, children);
        }
        if (node.isGranularList(value)) {
            for (JsonNode item : value) {
                children.put(Element.item(node.list(), item), of(item, node.item()).withSelf());
            }
            return new FieldSet(false, children);
        }
        return FieldSet.LEAF;
    }
}
