package dev.gantry.state.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order of a merged list: items that the patch names stand as the patch has them, the others
 * keep their places among them as far as that goes.
 *
 * <p>Compat: {@code normalizeElementOrder} and {@code mergeSortedSlice} of strategicpatch.
 *
 * @param key the merge key; empty for lists of plain values
 */
record ElementOrder(String key) {
    /**
     * @param patchOrder items or just their keys
     * @param serverOrder the list before the patch
     */
    ArrayNode normalize(ArrayNode merged, ArrayNode patchOrder, ArrayNode serverOrder) {
        List<JsonNode> named = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>();
        merged.forEach(each -> (place(patchOrder, each) >= 0 ? named : others).add(each));
        named.sort((a, b) -> Integer.compare(place(patchOrder, a), place(patchOrder, b)));
        others.sort((a, b) -> Integer.compare(place(serverOrder, a), place(serverOrder, b)));
        ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
        int other = 0;
        int name = 0;
        while (other < others.size() || name < named.size()) {
            boolean takesOther =
                    name >= named.size()
                            || other < others.size()
                                    && isBefore(others.get(other), named.get(name), serverOrder);
            ordered.add(takesOther ? others.get(other++) : named.get(name++));
        }
        return ordered;
    }

    /** Items of the patch must all be named in its order. */
    static void requireListed(ArrayNode items, ArrayNode order, String key) {
        ElementOrder places = new ElementOrder(key);
        for (JsonNode item : items) {
            boolean isDirective = item.has("$patch");
            if (!isDirective && places.place(order, item) < 0) {
                throw PatchProblem.badRequest(
                        "The order in patch list:\n%s\n doesn't match %s list:\n%s\n"
                                .formatted(items, "$setElementOrder", order));
            }
        }
    }

    static int indexOf(ArrayNode list, String key, JsonNode wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (wanted.equals(list.get(i).get(key))) {
                return i;
            }
        }
        return -1;
    }

    static void removeIf(ArrayNode list, Predicate<JsonNode> unwanted) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (unwanted.test(list.get(i))) {
                list.remove(i);
            }
        }
    }

    static ArrayNode without(ArrayNode list, ArrayNode unwanted) {
        ArrayNode rest = list.deepCopy();
        unwanted.forEach(value -> removeIf(rest, value::equals));
        return rest;
    }

    static void addUnlessThere(ArrayNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return;
            }
        }
        list.add(value);
    }

    private boolean isBefore(JsonNode one, JsonNode other, ArrayNode order) {
        int first = place(order, one);
        int second = place(order, other);
        return first >= 0 && second >= 0 && first < second;
    }

    private int place(ArrayNode order, JsonNode item) {
        for (int i = 0; i < order.size(); i++) {
            if (identityOf(order.get(i)).equals(identityOf(item))) {
                return i;
            }
        }
        return -1;
    }

    private JsonNode identityOf(JsonNode item) {
        return key.isEmpty() || !(item instanceof ObjectNode) ? item : item.path(key);
    }
}
