package dev.gantry.model.exchange;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who asks, as authentication established it. */
public record Caller(
        String user, String uid, List<String> groups, SortedMap<String, List<String>> extra) {
    /** A component of the control plane itself, acting without a request from outside. */
    public static Caller system(String component) {
        return new Caller(
                "system:" + component,
                "",
                List.of("system:masters", "system:authenticated"),
                new TreeMap<>());
    }

    /** Further facts about a user, as reviews, webhooks and the audit log tell them. */
    public ObjectNode extraTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        extra.forEach((key, values) -> values.forEach(tree.putArray(key)::add));
        return tree;
    }

    /** What {@link #extraTree} tells; what is not text counts as empty. */
    public static SortedMap<String, List<String>> extraIn(JsonNode tree) {
        SortedMap<String, List<String>> extra = new TreeMap<>();
        tree.forEachEntry(
                (key, values) ->
                        extra.put(
                                key, values.valueStream().map(each -> each.asString("")).toList()));
        return extra;
    }

    public boolean isIn(String group) {
        return groups.contains(group);
    }
}
