package dev.gantry.state.patch;

import dev.gantry.state.validation.GoText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The order of a merged list: items that the patch names stand as the patch has them, the others
 * keep their places among them as far as that goes.
 *
 * <p>Cost: places are looked up, since lists come from clients, and comparing each item with each
 * other took minutes for a list of 3 MB.
 *
 * <p>Compat: {@code normalizeElementOrder} and {@code mergeSortedSlice} of strategicpatch.
 *
 * @param key the merge key; empty for lists of plain values
 */
record ElementOrder(String key) {
    private static final ElementOrder PLAIN = new ElementOrder("");
    private static final int ABSENT = -1;

    /**
     * @param patchOrder items or just their keys
     * @param serverOrder the list before the patch
     */
    ArrayNode normalize(ArrayNode merged, ArrayNode patchOrder, ArrayNode serverOrder) {
        Map<String, Integer> inPatch = places(patchOrder);
        Map<String, Integer> inServer = places(serverOrder);
        List<Placed> named = new ArrayList<>();
        List<Placed> others = new ArrayList<>();
        for (JsonNode each : merged) {
            String identity = identityOf(each);
            int place = inPatch.getOrDefault(identity, ABSENT);
            int before = inServer.getOrDefault(identity, ABSENT);
            (place >= 0 ? named : others).add(new Placed(each, place, before));
        }
        named.sort(Comparator.comparingInt(Placed::inPatch));
        others.sort(Comparator.comparingInt(Placed::inServer));
        return interleave(named, others);
    }

    /** Items of the patch must all be named in its order. */
    static void requireListed(ArrayNode items, ArrayNode order, String key) {
        ElementOrder places = new ElementOrder(key);
        Set<String> listed = places.places(order).keySet();
        for (JsonNode item : items) {
            boolean isDirective = item.has("$patch");
            if (!isDirective && !listed.contains(places.identityOf(item))) {
                throw PatchProblem.badRequest(
                        "The order in patch list:\n%s\n doesn't match %s list:\n%s\n"
                                .formatted(GoText.of(items), "$setElementOrder", GoText.of(order)));
            }
        }
    }

    /** {@code list} without the items for which {@code unwanted} holds. */
    static void removeIf(ArrayNode list, Predicate<JsonNode> unwanted) {
        List<JsonNode> kept = new ArrayList<>();
        list.forEach(
                each -> {
                    if (!unwanted.test(each)) {
                        kept.add(each);
                    }
                });
        list.removeAll();
        list.addAll(kept);
    }

    static ArrayNode without(ArrayNode list, ArrayNode unwanted) {
        ArrayNode rest = list.deepCopy();
        Set<String> gone = PLAIN.places(unwanted).keySet();
        removeIf(rest, each -> gone.contains(PLAIN.identityOf(each)));
        return rest;
    }

    static void addMissing(ArrayNode list, ArrayNode values) {
        Set<String> known = new HashSet<>(PLAIN.places(list).keySet());
        for (JsonNode each : values) {
            if (known.add(PLAIN.identityOf(each))) {
                list.add(each);
            }
        }
    }

    /** By the item's identity, the first place where it stands. */
    Map<String, Integer> places(ArrayNode list) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < list.size(); i++) {
            places.putIfAbsent(identityOf(list.get(i)), i);
        }
        return places;
    }

    /** As text: the same for equal values, and no other value has it. */
    String identityOf(JsonNode item) {
        JsonNode identity = key.isEmpty() || !(item instanceof ObjectNode) ? item : item.path(key);
        return identity.toString();
    }

    private static ArrayNode interleave(List<Placed> named, List<Placed> others) {
        ArrayNode ordered = JsonNodeFactory.instance.arrayNode();
        int other = 0;
        int name = 0;
        while (other < others.size() || name < named.size()) {
            boolean takesOther =
                    name >= named.size()
                            || other < others.size()
                                    && others.get(other).stoodBefore(named.get(name));
            ordered.add(takesOther ? others.get(other++).item : named.get(name++).item);
        }
        return ordered;
    }

    /** An item, and its places in both lists. */
    private record Placed(JsonNode item, int inPatch, int inServer) {
        boolean stoodBefore(Placed other) {
            return inServer >= 0 && other.inServer >= 0 && inServer < other.inServer;
        }
    }
}
