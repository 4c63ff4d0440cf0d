package dev.gantry.state.apply;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes what a manager applied before and now leaves out.
 *
 * <p>A place goes, with all that is below it, if nobody owns it or anything below it any more; so
 * defaults below go too. Otherwise the same is asked of what is below.
 *
 * <p>Example: applied before {@code livenessProbe.httpGet.port}, now no probe: the probe goes with
 * its defaulted period, unless someone set, say, its timeout.
 */
final class Pruning {
    private Pruning() {}

    /** Changes {@code value}. */
    static void prune(JsonNode value, Node node, FieldSet before, FieldSet owned) {
        if (value instanceof ObjectNode object && node.isGranularObject(value)) {
            for (String name : List.copyOf(object.propertyNames())) {
                FieldSet then = before.child(Element.field(name));
                FieldSet now = owned.child(Element.field(name));
                JsonNode below = object.get(name);
                if (then.isEmpty() || below == null) {
                    continue;
                }
                boolean isKept = !now.isEmpty() || !then.isMember() && !node.declares(name);
                if (isKept) {
                    prune(below, node.below(name), then, now);
                } else {
                    object.remove(name);
                }
            }
        } else if (value instanceof ArrayNode list && node.isGranularList(value)) {
            List<JsonNode> kept = new ArrayList<>();
            for (JsonNode item : list) {
                String element = Element.item(node.list(), item);
                FieldSet then = before.child(element);
                FieldSet now = owned.child(element);
                if (then.isMember() && now.isEmpty()) {
                    continue;
                }
                kept.add(item);
                if (!then.isEmpty()) {
                    prune(item, node.item(), then, now);
                }
            }
            list.removeAll();
            list.addAll(kept);
        }
    }
}
