package dev.gantry.state.apply;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A configuration laid over an object: what it sets wins, what it leaves out stays. */
final class Merging {
    private Merging() {}

    /** Leaves both arguments as they are. */
    static JsonNode merge(JsonNode live, JsonNode config, Node node) {
        if (live instanceof ObjectNode object
                && node.isGranularObject(live)
                && node.isGranularObject(config)) {
            ObjectNode merged = object.deepCopy();
            for (var each : config.properties()) {
                JsonNode known = object.get(each.getKey());
                Node below = node.below(each.getKey());
                merged.set(
                        each.getKey(),
                        known == null
                                ? each.getValue().deepCopy()
                                : merge(known, each.getValue(), below));
            }
            return merged;
        }
        if (live instanceof ArrayNode list
                && config instanceof ArrayNode wanted
                && node.isGranularList(live)) {
            return mergeLists(list, wanted, node);
        }
        return config.deepCopy();
    }

    /**
     * Compat: items stand in the order of the configuration; those that it does not name keep their
     * places among them as far as that goes.
     */
    private static ArrayNode mergeLists(ArrayNode live, ArrayNode config, Node node) {
        Map<String, JsonNode> old = Element.items(node.list(), live);
        Map<String, JsonNode> wanted = Element.items(node.list(), config);
        List<Map.Entry<String, JsonNode>> left = List.copyOf(old.entrySet());
        List<Map.Entry<String, JsonNode>> right = List.copyOf(wanted.entrySet());
        Set<String> placed = new HashSet<>();
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            boolean hasLeft = l < left.size();
            if (hasLeft && placed.contains(left.get(l).getKey())) {
                l++;
            } else if (hasLeft && !wanted.containsKey(left.get(l).getKey())) {
                merged.add(left.get(l++).getValue().deepCopy());
            } else {
                var item = right.get(r++);
                JsonNode known = old.get(item.getKey());
                JsonNode set = item.getValue();
                merged.add(known == null ? set.deepCopy() : merge(known, set, node.item()));
                placed.add(item.getKey());
            }
        }
        return merged;
    }
}
