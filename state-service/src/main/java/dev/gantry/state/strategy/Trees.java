package dev.gantry.state.strategy;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes parts of one tree over into another. */
public final class Trees {
    private Trees() {}

    /** Makes the field of {@code updated} what it is in {@code stored}, absent included. */
    public static void keep(ObjectNode updated, ObjectNode stored, String field) {
        JsonNode before = stored.get(field);
        if (before == null) {
            updated.remove(field);
        } else {
            updated.set(field, before.deepCopy());
        }
    }

    public static void keepAllBut(ObjectNode updated, ObjectNode stored, Set<String> taken) {
        for (String field : List.copyOf(updated.propertyNames())) {
            if (!taken.contains(field)) {
                updated.remove(field);
            }
        }
        for (String field : stored.propertyNames()) {
            if (!taken.contains(field)) {
                keep(updated, stored, field);
            }
        }
    }

    /** A shallow copy that lacks the fields. */
    public static ObjectNode without(ObjectNode object, Set<String> fields) {
        ObjectNode rest = object.objectNode();
        object.properties()
                .forEach(
                        each -> {
                            if (!fields.contains(each.getKey())) {
                                rest.set(each.getKey(), each.getValue());
                            }
                        });
        return rest;
    }

    /** A value as a field selector compares it: absent is empty, a flag is true or false. */
    public static String selectable(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : value.asString("");
    }
}
