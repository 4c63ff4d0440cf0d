package dev.gantry.state.strategy;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in absent fields in place. */
public final class Defaults {
    private Defaults() {}

    /** Sets the text where it is absent, and not where it is empty: upstream's is a pointer. */
    public static void pointer(ObjectNode object, String name, String value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    /** Sets the text where it is absent or empty. */
    public static void text(ObjectNode object, String name, String value) {
        JsonNode found = object.path(name);
        if (found.isMissingNode()
                || found.isNull()
                || (found.isString() && found.stringValue().isEmpty())) {
            object.put(name, value);
        }
    }

    /** Sets the number where it is absent: upstream has a pointer there. */
    public static void number(ObjectNode object, String name, int value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    /** Sets the number where it is absent or zero: upstream has a plain number there. */
    public static void positive(ObjectNode object, String name, int value) {
        if (object.path(name).asLong(0) == 0) {
            object.put(name, value);
        }
    }

    public static void flag(ObjectNode object, String name, boolean value) {
        if (!object.hasNonNull(name)) {
            object.put(name, value);
        }
    }

    /** Calls {@code each} with every object in the list, or does nothing where there is none. */
    public static void each(JsonNode list, java.util.function.Consumer<ObjectNode> each) {
        for (JsonNode item : list) {
            if (item instanceof ObjectNode object) {
                each.accept(object);
            }
        }
    }

    /** Calls {@code then} with the object under the name, where there is one. */
    public static void within(
            JsonNode parent, String name, java.util.function.Consumer<ObjectNode> then) {
        if (parent.path(name) instanceof ObjectNode object) {
            then.accept(object);
        }
    }
}
